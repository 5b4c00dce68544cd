#include "link/shared_names.h"

#include <llvm/BinaryFormat/ELF.h>
#include <llvm/BinaryFormat/MachO.h>
#include <llvm/Object/Binary.h>
#include <llvm/Object/COFF.h>
#include <llvm/Object/ELF.h>
#include <llvm/Object/MachO.h>
#include <llvm/Object/MachOUniversal.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace linkname::link {
namespace {

using namespace std::string_view_literals;

bool is_stub(Bytes bytes) { return bytes.starts_with("--- !tapi-tbd"); }

bool is_linked_elf(Bytes bytes) {
  constexpr std::size_t type = 16; // e_type (gABI, "ELF Header")
  if (!bytes.starts_with("\177ELF") || bytes.size() < type + 2)
    return false;
  const bool big = bytes[5] == llvm::ELF::ELFDATA2MSB;
  const auto low = static_cast<unsigned char>(bytes[type + (big ? 1 : 0)]);
  return low == llvm::ELF::ET_DYN || low == llvm::ELF::ET_EXEC;
}

bool is_linked_macho(Bytes bytes) {
  constexpr std::size_t type = 12; // filetype (<mach-o/loader.h>)
  const bool little = bytes.starts_with("\xCF\xFA\xED\xFE"sv) || bytes.starts_with("\xCE\xFA\xED\xFE"sv);
  const bool big = bytes.starts_with("\xFE\xED\xFA\xCF"sv) || bytes.starts_with("\xFE\xED\xFA\xCE"sv);
  if ((!little && !big) || bytes.size() < type + 4)
    return false;
  const auto low = static_cast<unsigned char>(bytes[type + (big ? 3 : 0)]);
  return low != llvm::MachO::MH_OBJECT;
}

/// Tells of each name that it is exported.
class Marks {
public:
  explicit Marks(std::span<const std::string> names) : found_(names.size()) {
    for (std::size_t i = 0; i < names.size(); ++i)
      places_.emplace(names[i], i);
  }

  void mark(llvm::StringRef name) {
    // An ELF name may come with its version.
    const std::string_view whole = name;
    const auto [first, last] = places_.equal_range(whole.substr(0, whole.find('@', 1)));
    for (auto place = first; place != last; ++place)
      found_[place->second] = true;
  }

  template <class Expected> void mark(Expected name) {
    if (name)
      mark(*name);
    else
      llvm::consumeError(name.takeError());
  }

  std::vector<bool> take() { return std::move(found_); }

private:
  std::unordered_multimap<std::string_view, std::size_t> places_;
  std::vector<bool> found_;
};

/// The value, or nothing: the error is dropped.
template <class T> std::optional<T> value_of(llvm::Expected<T> expected) {
  if (expected)
    return std::move(*expected);
  llvm::consumeError(expected.takeError());
  return std::nullopt;
}

template <class ELFT> void mark_elf(llvm::StringRef bytes, Marks &marks) {
  const auto file = value_of(llvm::object::ELFFile<ELFT>::create(bytes));
  const auto sections = file ? value_of(file->sections()) : std::nullopt;
  if (!sections)
    return;
  for (const auto &section : *sections) {
    if (section.sh_type != llvm::ELF::SHT_DYNSYM)
      continue;
    const auto symbols = value_of(file->symbols(&section));
    const auto strings = value_of(file->getStringTableForSymtab(section, *sections));
    if (!symbols || !strings)
      continue;
    for (const auto &symbol : *symbols)
      if (symbol.isDefined() && symbol.getBinding() != llvm::ELF::STB_LOCAL)
        if (const auto name = value_of(symbol.getName(*strings)))
          marks.mark(*name);
  }
}

void mark_elf(Bytes bytes, Marks &marks) {
  const llvm::StringRef file(bytes.data(), bytes.size());
  const bool is_64 = bytes[llvm::ELF::EI_CLASS] == llvm::ELF::ELFCLASS64;
  const bool little = bytes[llvm::ELF::EI_DATA] == llvm::ELF::ELFDATA2LSB;
  if (is_64 && little)
    mark_elf<llvm::object::ELF64LE>(file, marks);
  else if (is_64)
    mark_elf<llvm::object::ELF64BE>(file, marks);
  else if (little)
    mark_elf<llvm::object::ELF32LE>(file, marks);
  else
    mark_elf<llvm::object::ELF32BE>(file, marks);
}

void mark_macho(const llvm::object::MachOObjectFile &file, Marks &marks) {
  llvm::Error error = llvm::Error::success();
  for (const llvm::object::ExportEntry &entry : file.exports(error))
    marks.mark(entry.name());
  llvm::consumeError(std::move(error));
  for (const llvm::object::SymbolRef symbol : file.symbols()) {
    llvm::Expected<std::uint32_t> flags = symbol.getFlags();
    if (!flags)
      llvm::consumeError(flags.takeError());
    else if ((*flags & llvm::object::SymbolRef::SF_Global) != 0 &&
             (*flags & llvm::object::SymbolRef::SF_Undefined) == 0)
      marks.mark(symbol.getName());
  }
}

void mark_coff(const llvm::object::COFFObjectFile &file, Marks &marks) {
  for (const llvm::object::ExportDirectoryEntryRef entry : file.export_directories()) {
    llvm::StringRef name;
    if (llvm::Error error = entry.getSymbolName(name))
      llvm::consumeError(std::move(error));
    else
      marks.mark(name);
  }
}

/// A stub lists names between brackets and commas, some in quotes.
void mark_stub(Bytes text, Marks &marks) {
  constexpr std::string_view ends = " \t\r\n,[]'\"";
  for (std::size_t at = text.find_first_not_of(ends); at != Bytes::npos; at = text.find_first_not_of(ends, at)) {
    const std::size_t end = std::min(text.find_first_of(ends, at), text.size());
    marks.mark(llvm::StringRef(text.data() + at, end - at));
    at = end;
  }
}

} // namespace

bool is_linked(Bytes bytes) {
  return is_linked_elf(bytes) || is_linked_macho(bytes) || bytes.starts_with("MZ") || is_stub(bytes);
}

std::vector<bool> exported_by(Bytes bytes, std::span<const std::string> names) {
  Marks marks(names);
  if (is_stub(bytes)) {
    mark_stub(bytes, marks);
    return marks.take();
  }
  if (is_linked_elf(bytes)) {
    mark_elf(bytes, marks);
    return marks.take();
  }
  auto binary = llvm::object::createBinary(llvm::MemoryBufferRef(llvm::StringRef(bytes.data(), bytes.size()), ""));
  if (!binary) {
    llvm::consumeError(binary.takeError());
    return marks.take();
  }
  if (const auto *const macho = llvm::dyn_cast<llvm::object::MachOObjectFile>(binary->get()))
    mark_macho(*macho, marks);
  else if (const auto *const coff = llvm::dyn_cast<llvm::object::COFFObjectFile>(binary->get()))
    mark_coff(*coff, marks);
  return marks.take();
}

std::vector<std::string> named_by_script(Bytes bytes) {
  constexpr std::size_t longest = std::size_t{64} << 10U; // a script that a library stands behind is a few lines
  std::vector<std::string> names;
  if (bytes.size() > longest || bytes.contains('\0'))
    return names;
  const std::string_view text = bytes;
  for (const std::string_view command : {"GROUP", "INPUT"}) {
    for (std::size_t at = text.find(command); at != std::string_view::npos; at = text.find(command, at + 1)) {
      const std::size_t open = text.find_first_not_of(" \t\r\n", at + command.size());
      if (open == std::string_view::npos || text[open] != '(')
        continue;
      int depth = 0;
      for (std::size_t i = open; i < text.size();) {
        if (text[i] == '(' || text[i] == ')') {
          depth += text[i] == '(' ? 1 : -1;
          if (depth == 0)
            break;
          ++i;
        } else if (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r' || text[i] == ',') {
          ++i;
        } else {
          const std::size_t end = std::min(text.find_first_of(" \t\r\n,()", i), text.size());
          if (const std::string_view name = text.substr(i, end - i); name != "AS_NEEDED")
            names.emplace_back(name);
          i = end;
        }
      }
    }
  }
  return names;
}

} // namespace linkname::link
