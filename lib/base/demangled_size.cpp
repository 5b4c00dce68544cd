#include "base/demangled_size.h"

#include <llvm/Demangle/ItaniumDemangle.h>

#include <algorithm>
#include <concepts>
#include <cstring>
#include <memory_resource>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace linkname {
namespace {

namespace itanium = llvm::itanium_demangle;

// Beyond this all sizes are one: far above what anybody prints, and its product with a name's length is no overflow.
constexpr std::uint64_t endless = std::uint64_t{1} << 32U;

// No node writes more of its own than this; std::basic_string's substitution comes closest.
constexpr std::uint64_t node_text = 80;

/// What a node prints: so many characters, and so many template arguments that are only known at the name's end.
struct Size {
  std::uint64_t fixed = 0;
  std::uint64_t forward = 0;
};

Size operator+(Size a, Size b) {
  return {std::min(a.fixed + b.fixed, endless), std::min(a.forward + b.forward, endless)};
}

Size operator*(Size a, std::uint64_t times) {
  return {std::min(a.fixed * times, endless), std::min(a.forward * times, endless)};
}

/// Gives the parser its nodes and sizes each as it is made: its children are there before it, so that a node many
/// others share is sized once, and nothing recurses.
class SizingAllocator {
public:
  void reset() {}

  template <typename T, typename... Args> T *makeNode(Args &&...args) {
    Size size = (Size{node_text, 0} + ... + size_of(args));
    if constexpr (std::same_as<T, itanium::ParameterPack>) {
      // A pack prints one of its elements at a time; the expansion around it goes through them.
      size = widest_of(args...) + Size{node_text, 0};
    } else if constexpr (std::same_as<T, itanium::ParameterPackExpansion> ||
                         std::same_as<T, itanium::SizeofParamPackExpr> || std::same_as<T, itanium::FoldExpr>) {
      // A pack that is yet to come can have as many elements as the name has characters.
      size = size * (size.forward != 0 ? name_length : longest_pack);
    } else if constexpr (std::same_as<T, itanium::ForwardTemplateReference>) {
      size.forward = 1;
    }
    // The memory goes away as a whole; the parser's own allocator runs no destructors either.
    T *const node = ::new (memory.allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
    if constexpr (std::same_as<T, itanium::ForwardTemplateReference>)
      references.push_back(node);
    sizes.emplace(node, size);
    return node;
  }

  void *allocateNodeArray(std::size_t count) {
    return memory.allocate(sizeof(itanium::Node *) * count, alignof(itanium::Node *));
  }

  void open(std::size_t length) { name_length = std::max<std::uint64_t>(length, 1); }

  /// The size of the whole name, whose forward references are resolved by now.
  std::uint64_t total(const itanium::Node *root) const {
    std::uint64_t longest = 0;
    for (const itanium::ForwardTemplateReference *reference : references) {
      const Size target = size_of(reference->Ref);
      // An argument that itself waits for arguments may be a circle.
      if (reference->Ref == nullptr || target.forward != 0)
        return endless;
      longest = std::max(longest, target.fixed);
    }
    const Size size = size_of(root);
    if (longest != 0 && size.forward > endless / longest)
      return endless;
    return std::min(size.fixed + size.forward * longest, endless);
  }

private:
  /// The size of something that a node is made of: nodes, arrays of them, texts; numbers are part of node_text.
  template <typename Part> Size size_of(const Part &part) const {
    if constexpr (std::convertible_to<Part, const itanium::Node *>) {
      const auto found = sizes.find(static_cast<const itanium::Node *>(part));
      return found == sizes.end() ? Size{} : found->second;
    } else if constexpr (std::same_as<Part, itanium::NodeArray>) {
      Size sum;
      for (const itanium::Node *element : part)
        sum = sum + size_of(element);
      return sum;
    } else if constexpr (std::convertible_to<const Part &, const char *>) {
      return {std::strlen(part), 0};
    } else if constexpr (requires { part.end() - part.begin(); }) {
      return {static_cast<std::uint64_t>(part.end() - part.begin()), 0};
    } else {
      static_assert(std::is_arithmetic_v<Part> || std::is_enum_v<Part>);
      return {};
    }
  }

  Size widest_of(const itanium::NodeArray &elements) {
    longest_pack = std::max<std::uint64_t>(longest_pack, elements.size());
    Size widest;
    for (const itanium::Node *element : elements) {
      const Size size = size_of(element);
      widest = {std::max(widest.fixed, size.fixed), std::max(widest.forward, size.forward)};
    }
    return widest;
  }

  std::pmr::monotonic_buffer_resource memory;
  std::pmr::unordered_map<const itanium::Node *, Size> sizes{&memory};
  std::vector<const itanium::ForwardTemplateReference *> references;
  std::uint64_t longest_pack = 1;
  std::uint64_t name_length = 1;
};

} // namespace

std::uint64_t demangled_size(std::string_view mangled) {
  itanium::ManglingParser<SizingAllocator> parser(mangled.data(), mangled.data() + mangled.size());
  parser.ASTAllocator.open(mangled.size());
  const itanium::Node *const root = parser.parse();
  return root == nullptr ? 0 : parser.ASTAllocator.total(root);
}

} // namespace linkname
