// The opcodes of LC_DYLD_INFO, as <mach-o/loader.h> documents them: two small machines with a position in the image.
#include "fixups.h"

namespace runner {

namespace {

enum Rebase : unsigned {
  rebase_done = 0x00,
  rebase_set_type = 0x10,
  rebase_set_segment = 0x20,
  rebase_add = 0x30,
  rebase_add_scaled = 0x40,
  rebase_times = 0x50,
  rebase_uleb_times = 0x60,
  rebase_once_add = 0x70,
  rebase_times_skipping = 0x80,
};

enum Bind : unsigned {
  bind_done = 0x00,
  bind_ordinal = 0x10,
  bind_ordinal_uleb = 0x20,
  bind_ordinal_special = 0x30,
  bind_symbol = 0x40,
  bind_type = 0x50,
  bind_addend = 0x60,
  bind_segment = 0x70,
  bind_add = 0x80,
  bind_once = 0x90,
  bind_once_add = 0xA0,
  bind_once_add_scaled = 0xB0,
  bind_times_skipping = 0xC0,
};

constexpr unsigned type_pointer = 1, symbol_weak_import = 1, symbol_strong_definition = 8;

enum class Kind { ordinary, weak, lazy };

// Where the next fixup goes.
class Position {
public:
  Position(const Bytes &opcodes, const Image &image) : opcodes_(&opcodes), image_(&image) {}

  void set(unsigned segment, std::uint64_t offset) {
    if (segment >= image_->segments.size())
      refuse(image_->path, "the %s name segment %u of %zu", opcodes_->what(), segment, image_->segments.size());
    address_ = image_->segments[segment].address + offset;
    known_ = true;
  }
  void add(std::uint64_t offset) { address_ += offset; }
  std::uint64_t address() const {
    if (!known_)
      refuse(image_->path, "the %s come to a fixup without a place", opcodes_->what());
    return address_;
  }

private:
  const Bytes *opcodes_;
  const Image *image_;
  std::uint64_t address_ = 0;
  bool known_ = false;
};

[[noreturn]] void unknown(const Image &image, const Bytes &opcodes, unsigned opcode) {
  refuse(image.path, "the %s hold 0x%02x, which the runner does not know", opcodes.what(), opcode);
}

void apply_rebases(const Image &image) {
  const Bytes &opcodes = image.rebases;
  Position position(opcodes, image);
  unsigned type = 0;
  // Every run stops at the first place that lies in no segment, hence no count can be too large.
  const auto rebase = [&](std::uint64_t count, std::uint64_t skip) {
    if (type != type_pointer)
      refuse(image.path, "the %s are of type %u; only pointers are known", opcodes.what(), type);
    for (; count != 0; count--, position.add(8 + skip)) {
      std::uint64_t value = 0;
      std::memcpy(&value, image.pointer(position.address(), 8, "rebase"), 8);
      image.write(position.address(), value + image.slide());
    }
  };
  for (Cursor cursor(opcodes); !cursor.done();) {
    const unsigned byte = cursor.byte(), operand = byte & 0x0F;
    switch (byte & 0xF0) {
    case rebase_done:
      return;
    case rebase_set_type:
      type = operand;
      break;
    case rebase_set_segment:
      position.set(operand, cursor.uleb());
      break;
    case rebase_add:
      position.add(cursor.uleb());
      break;
    case rebase_add_scaled:
      position.add(std::uint64_t{operand} * 8);
      break;
    case rebase_times:
      rebase(operand, 0);
      break;
    case rebase_uleb_times:
      rebase(cursor.uleb(), 0);
      break;
    case rebase_once_add:
      rebase(1, cursor.uleb());
      break;
    case rebase_times_skipping: {
      const std::uint64_t count = cursor.uleb();
      rebase(count, cursor.uleb());
      break;
    }
    default:
      unknown(image, opcodes, byte);
    }
  }
}

// What the next bind is to: each entry of the lazy opcodes states all of it anew.
struct Target {
  int ordinal = 0;
  bool has_ordinal = false, has_symbol = false;
  std::string symbol;
  unsigned flags = 0, type = 0;
  std::int64_t addend = 0;
};

class Binder {
public:
  Binder(const Program &program, const Image &image, const Bytes &opcodes, Kind kind)
      : program_(program), image_(image), opcodes_(opcodes), kind_(kind), position_(opcodes, image) {
    if (kind == Kind::lazy)
      target_.type = type_pointer;
  }

  void run() {
    for (Cursor cursor(opcodes_); !cursor.done();) {
      const unsigned byte = cursor.byte(), operand = byte & 0x0F;
      if ((byte & 0xF0) == bind_done) {
        if (kind_ != Kind::lazy)
          return;
        target_ = Target{};
        target_.type = type_pointer;
        position_ = Position(opcodes_, image_);
        continue;
      }
      step(cursor, byte, operand);
    }
  }

private:
  void step(Cursor &cursor, unsigned byte, unsigned operand) {
    switch (byte & 0xF0) {
    case bind_ordinal:
      return set_ordinal(static_cast<int>(operand));
    case bind_ordinal_uleb:
      return set_ordinal(static_cast<int>(std::min<std::uint64_t>(cursor.uleb(), 1 << 20)));
    case bind_ordinal_special:
      return set_ordinal(operand == 0 ? 0 : static_cast<int>(operand) - 16);
    case bind_symbol:
      target_.flags = operand;
      target_.symbol = cursor.text();
      target_.has_symbol = true;
      if ((operand & ~(symbol_weak_import | symbol_strong_definition)) != 0)
        unknown(image_, opcodes_, byte);
      return;
    case bind_type:
      target_.type = operand;
      return;
    case bind_addend:
      target_.addend = cursor.sleb();
      return;
    case bind_segment:
      return position_.set(operand, cursor.uleb());
    case bind_add:
      return position_.add(cursor.uleb());
    case bind_once:
      return bind(1, 0);
    case bind_once_add:
      return bind(1, cursor.uleb());
    case bind_once_add_scaled:
      return bind(1, std::uint64_t{operand} * 8);
    case bind_times_skipping: {
      const std::uint64_t count = cursor.uleb();
      return bind(count, cursor.uleb());
    }
    default:
      unknown(image_, opcodes_, byte);
    }
  }

  void set_ordinal(int ordinal) {
    target_.ordinal = ordinal;
    target_.has_ordinal = true;
  }

  void bind(std::uint64_t count, std::uint64_t skip) {
    if (target_.type != type_pointer)
      refuse(image_.path, "the %s are of type %u; only pointers are known", opcodes_.what(), target_.type);
    if (!target_.has_symbol || (!target_.has_ordinal && kind_ != Kind::weak))
      refuse(image_.path, "the %s bind without a %s", opcodes_.what(), target_.has_symbol ? "library" : "name");
    std::optional<std::uint64_t> value;
    if (kind_ == Kind::weak)
      value = program_.coalesced(target_.symbol); // none: what the image has stays
    else
      value = program_.resolve(image_, target_.ordinal, target_.symbol, (target_.flags & symbol_weak_import) != 0);
    for (; count != 0; count--, position_.add(8 + skip)) {
      (void)image_.pointer(position_.address(), 8, "bind");
      if (value)
        image_.write(position_.address(), *value + static_cast<std::uint64_t>(target_.addend));
    }
  }

  const Program &program_;
  const Image &image_;
  const Bytes &opcodes_;
  const Kind kind_;
  Position position_;
  Target target_;
};

} // namespace

void apply_opcodes(const Program &program, const Image &image) {
  apply_rebases(image);
  Binder(program, image, image.binds, Kind::ordinary).run();
  Binder(program, image, image.lazy_binds, Kind::lazy).run();
  Binder(program, image, image.weak_binds, Kind::weak).run();
}

} // namespace runner
