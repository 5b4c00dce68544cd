#include "macho/image/verify.h"

#include "base/verify_copy.h"
#include "macho/image/expected.h"
#include "macho/image/lazy_binds.h"
#include "macho/image/signing.h"
#include "macho/index_holders.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <tuple>

namespace linkname::macho::image {
namespace {

template <class T> class Verification {
public:
  Verification(const Image<T> &before, const Names &old_names, const Plan &plan, const Image<T> &after,
               const Names &new_names)
      : before_(before), old_(old_names), plan_(plan), after_(after), new_(new_names),
        expected_(before, old_names, plan) {}

  Result<void> run() const {
    Result<void> good = commands();
    if (good)
      good = code();
    if (good)
      good = exports();
    if (good)
      good = imports();
    if (good && !before_.view().symbols().empty())
      good = symbols();
    if (good)
      good = other_tables();
    if (good)
      good = signature();
    return good;
  }

private:
  using Symbol = typename T::Symbol;

  /// The header and the load commands as they were, but for what leads to the tables.
  Result<void> commands() const {
    const auto size = static_cast<std::size_t>(before_.view().commands_end());
    if (after_.view().commands_end() != size || old_.tables.size() != new_.tables.size())
      return not_as_planned("load commands", "their number");
    std::string expected(before_.bytes().substr(0, size));
    const auto take_over = [&](std::uint64_t at, std::size_t length) { // what has a check of its own
      std::memcpy(expected.data() + at, after_.bytes().data() + at, length);
    };
    for (std::size_t i = 0; i < new_.tables.size(); ++i) {
      const Table &table = new_.tables[i];
      if (table.kind != old_.tables[i].kind || table.offset_field != old_.tables[i].offset_field)
        return not_as_planned("load commands", "their order");
      take_over(table.offset_field, table.wide ? 8 : 4);
      take_over(table.size_field, table.wide ? 8 : 4);
    }
    const auto field = [&](const auto &number) { take_over(after_.view().position(&number), sizeof number); };
    field(after_.linkedit()->filesize);
    field(after_.linkedit()->vmsize);
    if (const auto *const groups = after_.view().dynamic_symbol_table()) {
      field(groups->nlocalsym);
      field(groups->iextdefsym);
      field(groups->nextdefsym);
      field(groups->iundefsym);
      field(groups->nundefsym);
    }
    if (expected != after_.bytes().substr(0, size))
      return not_as_planned("load commands", "a field");
    const std::uint64_t end = std::uint64_t{after_.linkedit()->fileoff} + after_.linkedit()->filesize;
    return end == after_.bytes().size() ? Result<void>() : not_as_planned("__LINKEDIT", "its size");
  }

  /// All in front of __LINKEDIT as it was, but for numbers of records of lazily bound imports.
  Result<void> code() const {
    std::vector<std::uint64_t> numbers;
    const Result<Bytes> old_stream = bytes_of_table(before_.bytes(), old_.tables, TableKind::lazy_binds);
    const Result<Bytes> new_stream = bytes_of_table(after_.bytes(), new_.tables, TableKind::lazy_binds);
    const auto old_binds = old_stream ? bound_names(*old_stream, BindKind::lazy) : std::unexpected(old_stream.error());
    const auto new_binds = new_stream ? bound_names(*new_stream, BindKind::lazy) : std::unexpected(new_stream.error());
    if (!old_binds || !new_binds || old_binds->size() != new_binds->size())
      return not_as_planned("the lazy bind opcodes", "their number");
    if (*old_stream != *new_stream) {
      using Place = std::pair<std::uint32_t, std::uint64_t>;
      std::map<Place, const BoundName *> now;
      for (const BoundName &bound : *new_binds)
        now.emplace(Place(bound.segment, bound.offset), &bound);
      for (const BoundName &bound : *old_binds) {
        const auto found = now.find(Place(bound.segment, bound.offset));
        if (found == now.end() || found->second->name != expected_.import_name(bound.name, bound.first_ordinal))
          return not_as_planned("the lazy bind opcodes", "a pointer's import");
        if (found->second->record == bound.record)
          continue;
        const std::optional<std::uint64_t> number = record_number(after_, *found->second);
        if (!number)
          return not_as_planned("the lazy bind opcodes", "the code that leads to a record");
        numbers.push_back(*number);
      }
    }
    std::ranges::sort(numbers);
    std::uint64_t from = before_.view().commands_end();
    numbers.push_back(before_.linkedit()->fileoff);
    for (const std::uint64_t number : numbers) {
      const auto part = [&](Bytes file) {
        return file.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(number - from));
      };
      if (part(before_.bytes()) != part(after_.bytes()))
        return not_as_planned("segments", "their contents");
      from = number + sizeof(std::uint32_t);
    }
    return {};
  }

  Result<void> exports() const {
    const Result<std::map<std::string_view, std::string>> wanted = expected_.exports();
    if (!wanted)
      return std::unexpected(wanted.error());
    const auto same = [](const auto &entry, const Export &listed) {
      return entry.first == listed.name && entry.second == listed.payload;
    };
    return std::ranges::equal(*wanted, new_.exports.all, same) ? Result<void>()
                                                               : not_as_planned("the exports trie", "an export");
  }

  Result<void> imports() const {
    using Use = std::tuple<std::string_view, std::int64_t, bool>;
    std::vector<Use> wanted;
    std::vector<Use> found;
    wanted.reserve(old_.imports.size());
    found.reserve(new_.imports.size());
    for (const Import &import : old_.imports)
      wanted.emplace_back(expected_.import_name(import.name, import.ordinal), import.ordinal, import.weak);
    for (const Import &import : new_.imports)
      found.emplace_back(import.name, import.ordinal, import.weak);
    std::ranges::sort(wanted);
    std::ranges::sort(found);
    return wanted == found ? Result<void>() : not_as_planned("the imports", "a name");
  }

  /// As many entries of each kind and name as are wanted, whatever their order; lint sees to the
  /// groups.
  Result<void> symbols() const {
    using Entry = std::tuple<std::string_view, std::string>;
    const auto entry = [](std::string_view name, Symbol symbol) {
      symbol.n_strx = 0; // the name counts
      return Entry(name, bytes_of(symbol));
    };
    std::vector<Entry> wanted;
    for (const auto &[name, symbol] : expected_.symbols())
      wanted.push_back(entry(name, symbol));
    std::vector<Entry> found;
    for (std::uint32_t i = 0; i < after_.view().symbols().size(); ++i)
      found.push_back(entry(new_.symbols[i], after_.view().symbols()[i]));
    std::ranges::sort(wanted);
    std::ranges::sort(found);
    if (wanted != found)
      return not_as_planned("LC_SYMTAB", "an entry");
    return indirect_symbols();
  }

  /// Each still means the symbol that it meant.
  Result<void> indirect_symbols() const {
    const auto old = macho::indirect_symbols(before_.view());
    const auto now = macho::indirect_symbols(after_.view());
    if (!old || !now || old->size() != now->size())
      return not_as_planned("LC_DYSYMTAB", "the indirect symbol table");
    for (std::size_t i = 0; i < old->size(); ++i) {
      const std::uint32_t was = (*old)[i];
      const std::uint32_t is = (*now)[i];
      const bool names_symbol = !is_indirect_marker(was) && was < old_.symbols.size();
      const bool same = names_symbol ? is < new_.symbols.size() && expected_.symbol_name(was) == new_.symbols[is] &&
                                           before_.view().symbols()[was].n_value == after_.view().symbols()[is].n_value
                                     : was == is;
      if (!same)
        return not_as_planned("LC_DYSYMTAB", "the indirect symbol table");
    }
    return {};
  }

  Result<void> other_tables() const {
    for (std::size_t i = 0; i < old_.tables.size(); ++i) {
      const Result<Bytes> was = contents_of(before_.bytes(), old_.tables[i]);
      const Result<Bytes> is = contents_of(after_.bytes(), new_.tables[i]);
      if (!was || !is)
        return not_as_planned(std::string(old_.tables[i].name), "its place");
      switch (old_.tables[i].kind) {
      case TableKind::rebases:
      case TableKind::others:
        if (*was != *is)
          return not_as_planned(std::string(old_.tables[i].name), "its contents");
        break;
      case TableKind::strings:
        if (!is->starts_with(*was))
          return not_as_planned(std::string(old_.tables[i].name), "an old string");
        break;
      default:
        break; // have checks of their own
      }
    }
    return {};
  }

  /// All that is not about the contents.
  Result<void> signature() const {
    std::vector<Diagnostic> said;
    const auto like =
        signature_like(before_.bytes(), table_of(old_.tables, TableKind::signature), plan_.signature, said);
    const auto is = signature_like(after_.bytes(), table_of(new_.tables, TableKind::signature), Signature::keep, said);
    if (!like || !is)
      return not_as_planned("the code signature", "its kind");
    const std::optional<CodeSignature> &expected = *like;
    const std::optional<CodeSignature> &found = *is;
    if (expected.has_value() != found.has_value())
      return not_as_planned("the code signature", "its kind");
    const bool same = !expected || !found || says_the_same(*expected, *found);
    return same ? Result<void>() : not_as_planned("the code signature", "what it says beside the hashes");
  }

  static bool says_the_same(const CodeSignature &a, const CodeSignature &b) {
    const auto same_blob = [](const SignedBlob &x, const SignedBlob &y) {
      return x.slot == y.slot && x.bytes == y.bytes;
    };
    return a.flags == b.flags && a.identifier == b.identifier && a.page_shift == b.page_shift &&
           a.special.size() == b.special.size() && std::ranges::equal(a.blobs, b.blobs, same_blob);
  }

  const Image<T> &before_;
  const Names &old_;
  const Plan &plan_;
  const Image<T> &after_;
  const Names &new_;
  Expected<T> expected_;
};

} // namespace

Result<void> verify(Bytes before, const Plan &plan, Bytes after, const Settle &settle) {
  if (plan.empty())
    return verify_copy(before, after, settle);
  if (Result<void> settled = settle(); !settled)
    return settled;
  return with_image(before, [&]<class T>(const Image<T> &old_image) -> Result<void> {
    if (after.substr(0, sizeof(typename T::Header)) != before.substr(0, sizeof(typename T::Header)))
      return not_as_planned("Mach-O header", "a field");
    const Result<Image<T>> new_image = Image<T>::create(after);
    if (!new_image)
      return std::unexpected(new_image.error());
    const Result<Names> old_names = read_names(old_image);
    const Result<Names> new_names = read_names(*new_image);
    if (!old_names || !new_names || old_image.linkedit() == nullptr || new_image->linkedit() == nullptr)
      return not_as_planned("load commands", "what they lead to");
    return Verification<T>(old_image, *old_names, plan, *new_image, *new_names).run();
  });
}

} // namespace linkname::macho::image
