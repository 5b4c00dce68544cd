// What a symbol's name is made of: what stands before the name that people write, that name, and its version. Symbols
// such as `.refptr.x` or `DW.ref.x` exist because of `x`, and are called what it is called.
#pragma once

#include <linkname/facts.h>

#include <span>
#include <string_view>

namespace linkname::plan {

/// The part of an ELF symbol name before its version: `foo` of `foo@@V2` (gas manual, ".symver").
[[nodiscard]] inline std::string_view without_version(std::string_view name) {
  const std::size_t at = name.find('@');
  return at == std::string_view::npos || at == 0 ? name : name.substr(0, at);
}

/// `@@V2` of `foo@@V2`; empty without a version.
[[nodiscard]] inline std::string_view version_of(std::string_view name) {
  return name.substr(without_version(name).size());
}

/// One way in which code refers to a symbol by another.
struct Lead {
  std::string_view text;
  bool bare_name = false;    ///< the platform's prefix stands before it instead of before the name
  bool has_variable = false; ///< it is the variable itself, as others see it
  bool defines = false;      ///< where it is defined, so is what it stands for
};

inline constexpr std::string_view pointer_lead = ".refptr.";

/// In the order in which one stands before the other.
inline constexpr Lead coff_leads[] = {
    {.text = pointer_lead},
    {.text = "__imp_", .defines = true},
    {.text = "__emutls_v.", .bare_name = true, .has_variable = true, .defines = true},
    {.text = "__emutls_t.", .bare_name = true},
};

/// Where unwind information finds a personality routine (GCC and Clang, `DW_EH_PE_indirect`).
inline constexpr Lead elf_leads[] = {{.text = "DW.ref."}};

/// The pieces follow each other in the symbol's name.
struct NameParts {
  std::string_view front;    ///< the leads and the platform's prefix
  std::string_view base;     ///< what is left of the name: C-level where `prefixed`, or where there is no prefix
  std::string_view version;  ///< `@@V2`; ELF only
  bool has_lead = false;     ///< ... and so exists because of another symbol
  bool bare_name = false;    ///< see Lead, as the next ones
  bool has_variable = false; ///< ... for the first lead alone
  bool defines = true;
  bool prefixed = false; ///< the platform's prefix is there

  /// The lead as it stands before a whole symbol name, or before a bare one.
  [[nodiscard]] std::string_view lead() const {
    return front.substr(0, front.size() - (prefixed && !bare_name ? 1U : 0U));
  }
};

[[nodiscard]] inline NameParts take_apart(std::string_view name, Format format, char platform_prefix) {
  const std::string_view prefix(&platform_prefix, platform_prefix == '\0' ? 0 : 1);
  std::span<const Lead> leads;
  if (format == Format::coff && (name.starts_with('.') || name.starts_with("__")))
    leads = coff_leads;
  else if (format == Format::elf && name.starts_with('D'))
    leads = elf_leads;
  NameParts parts;
  std::string_view rest = name;
  for (const Lead &lead : leads) {
    std::string_view behind = rest;
    if (lead.bare_name && behind.starts_with(prefix))
      behind.remove_prefix(prefix.size());
    else if (lead.bare_name)
      continue;
    if (parts.bare_name || !behind.starts_with(lead.text) || behind.size() == lead.text.size())
      continue;
    rest = behind.substr(lead.text.size());
    parts.has_variable = lead.has_variable && !parts.has_lead;
    parts.defines = lead.defines && !parts.has_lead;
    parts.bare_name = lead.bare_name;
    parts.has_lead = true;
  }
  if (parts.bare_name)
    parts.prefixed = !prefix.empty();
  else if (!prefix.empty() && rest.size() > 1 && rest.starts_with(prefix)) {
    parts.prefixed = true;
    rest.remove_prefix(1);
  }
  parts.front = name.substr(0, name.size() - rest.size());
  parts.base = format == Format::elf ? without_version(rest) : rest;
  parts.version = rest.substr(parts.base.size());
  return parts;
}

} // namespace linkname::plan
