// Names that compilers, linkers and C libraries find by themselves. A library that defines one and gives it another
// name would still be called by the old one, so they are left alone when a whole set gets new names.
#pragma once

#include <string_view>

namespace linkname::plan {

struct KeptName {
  std::string_view name; ///< C-level; a `*` at its end stands for anything
  std::string_view why;
  bool by_linker = false;      ///< not even a rename map may change it: what is made of it depends on the name
  bool in_all_objects = false; ///< compilers write it into every object, hidden and always alike: nothing to tell
};

inline constexpr std::string_view is_entry = "the program or library starts there";
inline constexpr std::string_view is_unwinder = "unwinders and the code of every compiler share it";
inline constexpr std::string_view is_compiled_in = "compilers call or read it by this name";
inline constexpr std::string_view is_allocator = "the whole program shares it: memory from one is freed by the other";
inline constexpr std::string_view is_linkers = "the linker makes it, or looks for it";

inline constexpr KeptName kept_names[] = {
    {.name = "main", .why = is_entry},
    {.name = "wmain", .why = is_entry},
    {.name = "WinMain", .why = is_entry},
    {.name = "WinMain@16", .why = is_entry},
    {.name = "wWinMain", .why = is_entry},
    {.name = "wWinMain@16", .why = is_entry},
    {.name = "DllMain", .why = is_entry},
    {.name = "DllMain@12", .why = is_entry},
    {.name = "DllMainCRTStartup", .why = is_entry},
    {.name = "DllMainCRTStartup@12", .why = is_entry},
    {.name = "_DllMainCRTStartup", .why = is_entry},
    {.name = "_DllMainCRTStartup@12", .why = is_entry},
    {.name = "mainCRTStartup", .why = is_entry},
    {.name = "wmainCRTStartup", .why = is_entry},
    {.name = "WinMainCRTStartup", .why = is_entry},
    {.name = "wWinMainCRTStartup", .why = is_entry},
    {.name = "_start", .why = is_entry},
    {.name = "_init", .why = is_entry},
    {.name = "_fini", .why = is_entry},
    {.name = "__libc_start_main", .why = is_entry},

    {.name = "_Unwind_*", .why = is_unwinder},
    {.name = "__cxa_*", .why = is_unwinder},
    {.name = "__gxx_personality_*", .why = is_unwinder},
    {.name = "__gcc_personality_*", .why = is_unwinder},
    {.name = "__objc_personality_v0", .why = is_unwinder},
    {.name = "__gnu_objc_personality_*", .why = is_unwinder},
    {.name = "__gnat_personality_*", .why = is_unwinder},
    {.name = "__register_frame*", .why = is_unwinder},
    {.name = "__deregister_frame*", .why = is_unwinder},
    {.name = "__aeabi_unwind_cpp_pr*", .why = is_unwinder},
    {.name = "__CxxFrameHandler*", .why = is_unwinder},
    {.name = "_CxxThrowException", .why = is_unwinder},
    {.name = "_CxxThrowException@8", .why = is_unwinder},
    {.name = "__C_specific_handler", .why = is_unwinder},
    {.name = "_except_handler3", .why = is_unwinder},
    {.name = "_except_handler4", .why = is_unwinder},

    {.name = "__stack_chk_fail", .why = is_compiled_in},
    {.name = "__stack_chk_fail_local", .why = is_compiled_in},
    {.name = "__stack_chk_guard", .why = is_compiled_in},
    {.name = "__security_cookie", .why = is_compiled_in},
    {.name = "__security_check_cookie", .why = is_compiled_in},
    {.name = "@__security_check_cookie@4", .why = is_compiled_in},
    {.name = "__GSHandlerCheck*", .why = is_compiled_in},
    {.name = "__x86.*", .why = is_compiled_in, .in_all_objects = true},
    {.name = "__tls_get_addr", .why = is_compiled_in},
    {.name = "___tls_get_addr", .why = is_compiled_in},
    {.name = "__emutls_get_address", .why = is_compiled_in},
    {.name = "__chkstk", .why = is_compiled_in},
    {.name = "_chkstk", .why = is_compiled_in},
    {.name = "__chkstk_ms", .why = is_compiled_in},
    {.name = "___chkstk_ms", .why = is_compiled_in},
    {.name = "_alloca", .why = is_compiled_in},
    {.name = "__main", .why = is_compiled_in},
    {.name = "_IO_stdin_used", .why = is_compiled_in},
    {.name = "_pei386_runtime_relocator", .why = is_compiled_in},
    {.name = "__asan_*", .why = is_compiled_in},
    {.name = "__ubsan_*", .why = is_compiled_in},
    {.name = "__sanitizer_*", .why = is_compiled_in},

    {.name = "_Znw*", .why = is_allocator},
    {.name = "_Zna*", .why = is_allocator},
    {.name = "_Zdl*", .why = is_allocator},
    {.name = "_Zda*", .why = is_allocator},
    {.name = "??2@*", .why = is_allocator},
    {.name = "??3@*", .why = is_allocator},
    {.name = "??_U@*", .why = is_allocator},
    {.name = "??_V@*", .why = is_allocator},

    {.name = "_GLOBAL_OFFSET_TABLE_", .why = is_linkers, .by_linker = true},
    {.name = "_PROCEDURE_LINKAGE_TABLE_", .why = is_linkers, .by_linker = true},
    {.name = "_DYNAMIC", .why = is_linkers, .by_linker = true},
    {.name = "_TLS_MODULE_BASE_", .why = is_linkers, .by_linker = true},
    {.name = ".TOC.", .why = is_linkers, .by_linker = true},
    {.name = "_gp_disp", .why = is_linkers, .by_linker = true},
    {.name = "__gnu_local_gp", .why = is_linkers, .by_linker = true},
    {.name = "__global_pointer$", .why = is_linkers, .by_linker = true},
    {.name = "__dso_handle", .why = is_linkers, .by_linker = true},
    {.name = "__TMC_END__", .why = is_linkers, .by_linker = true},
    {.name = "__ehdr_start", .why = is_linkers, .by_linker = true},
    {.name = "__executable_start", .why = is_linkers, .by_linker = true},
    {.name = "__bss_start", .why = is_linkers, .by_linker = true},
    {.name = "_edata", .why = is_linkers, .by_linker = true},
    {.name = "_end", .why = is_linkers, .by_linker = true},
    {.name = "_etext", .why = is_linkers, .by_linker = true},
    {.name = "_mh_execute_header", .why = is_linkers, .by_linker = true},
    {.name = "dyld_stub_binder", .why = is_linkers, .by_linker = true},
    {.name = "__ImageBase", .why = is_linkers, .by_linker = true},
    {.name = "_tls_used", .why = is_linkers, .by_linker = true},
    {.name = "_tls_index", .why = is_linkers, .by_linker = true},
    {.name = "_load_config_used", .why = is_linkers, .by_linker = true},
    {.name = "_fltused", .why = is_linkers, .by_linker = true},
    {.name = "__guard_*", .why = is_linkers, .by_linker = true},
    {.name = "__gnu_lto_slim", .why = is_linkers, .by_linker = true},
};

} // namespace linkname::plan
