// The one place where the shape of a file chooses a template.
#pragma once

#include "coff/shape.h"
#include "coff/view.h"

#include <type_traits>
#include <utility>

namespace linkname::coff {

/// Creates the View that fits the file and hands it to `use`, whose result is given back.
template <class Use> auto with_view(Bytes bytes, Use use) -> decltype(use(std::declval<View<Symbol16>>())) {
  const auto typed =
      [&]<class SymbolType>(std::type_identity<SymbolType>) -> decltype(use(std::declval<View<SymbolType>>())) {
    const Result<View<SymbolType>> view = View<SymbolType>::create(bytes);
    if (!view)
      return std::unexpected(view.error());
    return use(*view);
  };
  switch (shape_of(bytes)) {
  case Shape::object:
    return typed(std::type_identity<Symbol16>{});
  case Shape::big_object:
    return typed(std::type_identity<Symbol32>{});
  case Shape::import:
    return fail(Status::malformed, "COFF header", "is a member of an import library, and only objects are supported",
                "a DLL's names are changed in the .def file that the import library is made from");
  case Shape::anonymous:
    return fail(Status::refused, "COFF header",
                "is an anonymous object, such as cl.exe writes with /GL: intermediate code without a symbol table",
                "compile it without /GL");
  case Shape::image:
    return fail(Status::malformed, "DOS header", "leads to no PE header: a DOS program, or a damaged image");
  case Shape::none:
    break;
  }
  return malformed("COFF header", "the section table reaches past the end of the file, or this is no COFF object");
}

} // namespace linkname::coff
