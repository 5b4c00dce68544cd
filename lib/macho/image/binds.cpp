#include "macho/image/binds.h"

#include "base/diagnostic.h"
#include "base/leb128.h"
#include "base/text.h"
#include "macho/image/aligned.h"

#include <llvm/BinaryFormat/MachO.h>

#include <algorithm>

namespace linkname::macho::image {
namespace {

using namespace llvm::MachO;

constexpr std::uint8_t bind_opcode_threaded = 0xd0; // with 0 the size of a table, with 1 what applies it

std::string_view name_of(BindKind kind) {
  switch (kind) {
  case BindKind::weak:
    return "the weak bind opcodes";
  case BindKind::lazy:
    return "the lazy bind opcodes";
  default:
    return "the bind opcodes";
  }
}

class Reader {
public:
  Reader(Bytes stream, BindKind kind) : stream_(stream), rest_(stream), kind_(kind) {}

  Result<std::vector<BoundName>> run() {
    while (!rest_.empty()) {
      const std::uint64_t at = position();
      const auto byte = static_cast<std::uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      if ((byte & BIND_OPCODE_MASK) == BIND_OPCODE_DONE) {
        if (kind_ != BindKind::lazy)
          break; // what is behind it is padding
        end_record();
        continue;
      }
      if (!in_record_) {
        record_ = {};
        record_.record = at;
        first_of_record_ = names_.size();
        in_record_ = true;
      }
      if (!step(byte))
        return malformed(std::string(name_of(kind_)), join({"are damaged at ", hex(at)}));
    }
    end_record();
    return std::move(names_);
  }

private:
  [[nodiscard]] std::uint64_t position() const { return stream_.size() - rest_.size(); }

  /// Every record of a lazy bind states all of it anew.
  void end_record() {
    if (kind_ == BindKind::lazy && in_record_) {
      for (std::size_t i = first_of_record_; i < names_.size(); ++i) {
        names_[i].record = record_.record;
        names_[i].record_end = position();
        names_[i].segment = record_.segment;
        names_[i].offset = record_.offset;
      }
      named_ = false;
      ordinal_ = 0;
    }
    in_record_ = false;
  }

  bool number(std::uint64_t &value) {
    const std::optional<std::uint64_t> read = take_unsigned_leb128(rest_);
    value = read.value_or(0);
    return read.has_value();
  }

  /// A signed number has the same bytes as an unsigned one, and nobody here wants its value.
  bool skip_number() {
    const auto end = static_cast<std::size_t>(
        std::ranges::find_if(rest_, [](char byte) { return (static_cast<std::uint8_t>(byte) & 0x80U) == 0; }) -
        rest_.begin());
    if (end == rest_.size())
      return false;
    rest_.remove_prefix(end + 1);
    return true;
  }

  bool take_name(std::uint8_t flags) {
    const std::optional<Bytes> name = c_string(rest_, 0);
    if (!name)
      return false;
    names_.push_back({});
    names_.back().name = *name;
    names_.back().at = position();
    names_.back().flags = flags;
    named_ = true;
    is_bound_ = false;
    rest_.remove_prefix(name->size() + 1);
    return true;
  }

  bool bind() {
    if (!named_)
      return false;
    if (kind_ == BindKind::weak)
      return true;
    BoundName &name = names_.back();
    name.first_ordinal = is_bound_ ? std::min(name.first_ordinal, ordinal_) : ordinal_;
    name.last_ordinal = is_bound_ ? std::max(name.last_ordinal, ordinal_) : ordinal_;
    is_bound_ = true;
    return true;
  }

  bool step(std::uint8_t byte) {
    const std::uint8_t immediate = byte & BIND_IMMEDIATE_MASK;
    std::uint64_t value = 0;
    switch (byte & BIND_OPCODE_MASK) {
    case BIND_OPCODE_SET_DYLIB_ORDINAL_IMM:
      ordinal_ = immediate;
      return true;
    case BIND_OPCODE_SET_DYLIB_ORDINAL_ULEB: {
      const bool read = number(value);
      ordinal_ = static_cast<std::int64_t>(value & INT32_MAX);
      return read;
    }
    case BIND_OPCODE_SET_DYLIB_SPECIAL_IMM:
      ordinal_ = immediate == 0 ? 0 : static_cast<std::int64_t>(immediate) - 16;
      return true;
    case BIND_OPCODE_SET_SYMBOL_TRAILING_FLAGS_IMM:
      return take_name(immediate);
    case BIND_OPCODE_SET_TYPE_IMM:
      return true;
    case BIND_OPCODE_SET_ADDEND_SLEB:
      return skip_number();
    case BIND_OPCODE_SET_SEGMENT_AND_OFFSET_ULEB:
      record_.segment = immediate;
      return number(record_.offset);
    case BIND_OPCODE_ADD_ADDR_ULEB:
      return number(value);
    case BIND_OPCODE_DO_BIND:
    case BIND_OPCODE_DO_BIND_ADD_ADDR_IMM_SCALED:
      return bind();
    case BIND_OPCODE_DO_BIND_ADD_ADDR_ULEB:
      return number(value) && bind();
    case BIND_OPCODE_DO_BIND_ULEB_TIMES_SKIPPING_ULEB:
      return number(value) && number(value) && bind();
    case bind_opcode_threaded:
      return immediate == 1 || (immediate == 0 && number(value));
    default:
      return false;
    }
  }

  Bytes stream_;
  Bytes rest_;
  BindKind kind_;
  std::vector<BoundName> names_;
  std::int64_t ordinal_ = 0;
  bool named_ = false;
  bool is_bound_ = false; ///< the last name
  bool in_record_ = false;
  std::size_t first_of_record_ = 0;
  BoundName record_; ///< what is known of the record
};

} // namespace

Result<std::vector<BoundName>> bound_names(Bytes stream, BindKind kind) { return Reader(stream, kind).run(); }

Result<std::optional<std::string>> renamed_binds(Bytes stream, BindKind kind, const NewImport &new_name) {
  Result<std::vector<BoundName>> names = bound_names(stream, kind);
  if (!names)
    return std::unexpected(std::move(names.error()));
  const bool in_order = std::ranges::is_sorted(*names, {}, &BoundName::name);
  std::string renamed;
  std::uint64_t copied = 0;
  for (BoundName &bound : *names) {
    const std::optional<std::string_view> name = new_name(bound.name, bound.first_ordinal);
    if (name != new_name(bound.name, bound.last_ordinal))
      return fail(Status::refused, join({name_of(kind), " ", quoted(bound.name)}),
                  "names two things at once, of which one is to be renamed");
    if (!name)
      continue;
    renamed.append(stream.substr(static_cast<std::size_t>(copied), static_cast<std::size_t>(bound.at - copied)));
    renamed.append(*name);
    copied = bound.at + bound.name.size();
    bound.name = *name;
  }
  if (copied == 0)
    return std::nullopt;
  if (kind == BindKind::weak && in_order && !std::ranges::is_sorted(*names, {}, &BoundName::name))
    return fail(Status::refused, std::string(name_of(kind)),
                "would no longer be in the order of their names, in which loaders go through them",
                "choose a name that keeps its place among the names that are bound weakly");
  renamed.append(stream.substr(static_cast<std::size_t>(copied)));
  renamed.resize(static_cast<std::size_t>(aligned(renamed.size(), 8)));
  return renamed;
}

} // namespace linkname::macho::image
