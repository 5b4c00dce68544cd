/* linkname.h: bind a declaration to a symbol that its owner never exported,
 * or publish a private definition under another name.
 *
 * Go has `//go:linkname local remote`; this is the same for C and C++:
 *
 *     #include <linkname/linkname.h>
 *
 *     namespace app { std::int64_t nano(); }            // only declared: a pull
 *     LINKNAME(app::nano, "nanotime");
 *
 *     static int parse(char const *text) { ... }        // defined: a push
 *     LINKNAME(parse, "impl_parse", "the fuzzer calls it");
 *     LINKNAME(parse);                                  // an export, under its own name
 *
 *     LINKNAME((ns::pick<long, int>), "pick_li");       // parentheses protect commas
 *     LINKNAME_FN(int(int), ns::over, "over_i");        // selects one overload
 *     LINKNAME_SYMBOL("_ZN2ns6Secret3keyE", "key");     // by name: see below
 *     LINKNAME_SYMVER(old_copy, "memcpy@GLIBC_2.2.5");  // an ELF symbol version
 *
 * A LINKNAME stands at namespace scope, anywhere after the declaration. It
 * leaves one record in the object, in a section that every linker drops, and
 * linkname-tool obeys the record. The record holds the address of `local`: so
 * nobody has to spell a mangled name, and the optimiser, which sees the address
 * taken, keeps the calling convention that a caller from outside relies on.
 *
 * With LINKNAME_HEADER_ONLY defined there is no record and no tool: the
 * compiler itself is told the name. That can do less, and what it cannot do is
 * a compile error. docs/header.md is the manual, docs/record.md the format.
 *
 * C99 and C++11 upward; GCC, Clang, cl.exe; includes nothing.
 */
/* The macros are aligned by hand, since compilers quote their lines in errors. */
/* clang-format off */

#ifndef LINKNAME_LINKNAME_H
#define LINKNAME_LINKNAME_H

/* ---- The forms --------------------------------------------------------- */

/* LINKNAME(local)                       export
 * LINKNAME(local, "remote")             pull or push: the tool sees which
 * LINKNAME(local, "remote", "reason")   the reason is kept in the record */
#define LINKNAME(...)                                                                     \
    LINKNAME_CALL_(LINKNAME_BY_COUNT_((__VA_ARGS__, LINKNAME_takes_three_at_most_,        \
        LINKNAME_REASON_, LINKNAME_BIND_, LINKNAME_EXPORT_, /* header-only: before definition and use, not static */ \
        )), (__COUNTER__, __VA_ARGS__))

/* The same with the function's type first, which selects one of its overloads. */
#define LINKNAME_FN(type, ...)                                                            \
    LINKNAME_CALL_(LINKNAME_BY_COUNT_((__VA_ARGS__, LINKNAME_FN_takes_four_at_most_,      \
        LINKNAME_FN_REASON_, LINKNAME_FN_BIND_, LINKNAME_FN_EXPORT_, /* header-only: before definition and use, not static */ \
        )), (__COUNTER__, type, __VA_ARGS__))

/* The same by the symbol's name, without the platform's `_`: for what has no
 * constant address (thread_local, non-static members), cannot be named here
 * (private members) or is not declared yet. */
#define LINKNAME_SYMBOL(...)                                                              \
    LINKNAME_CALL_(LINKNAME_BY_COUNT_((__VA_ARGS__, LINKNAME_SYMBOL_takes_three_at_most_, \
        LINKNAME_SYMBOL_REASON_, LINKNAME_SYMBOL_BIND_, LINKNAME_SYMBOL_EXPORT_, )), (__COUNTER__, __VA_ARGS__))

/* Binds a C symbol to a version of an ELF symbol; the assembler does it. */
#define LINKNAME_SYMVER(local, remote) LINKNAME_SYMVER_(__COUNTER__, local, remote)

#define LINKNAME_BIND_(id, local, remote)             LINKNAME_REASON_(id, local, remote, "")
#define LINKNAME_FN_BIND_(id, type, local, remote)    LINKNAME_FN_REASON_(id, type, local, remote, "")
#define LINKNAME_SYMBOL_BIND_(id, symbol, remote)     LINKNAME_SYMBOL_REASON_(id, symbol, remote, "")

/* ---- Preprocessor, and where we are ------------------------------------- */

/* A macro's name and its arguments meet in LINKNAME_CALL_, because cl.exe would
 * hand __VA_ARGS__ on as a single argument. */
#define LINKNAME_CALL_(macro, list) macro list
#define LINKNAME_BY_COUNT_(list) LINKNAME_CALL_(LINKNAME_FIFTH_, list)
#define LINKNAME_FIFTH_(a, b, c, d, fifth, ...) fifth

#define LINKNAME_JOIN_(a, b) LINKNAME_JOIN2_(a, b)
#define LINKNAME_JOIN2_(a, b) a##b
#define LINKNAME_TEXT_(x) LINKNAME_TEXT2_(x)
#define LINKNAME_TEXT2_(x) #x

#ifdef __cplusplus
#define LINKNAME_CPLUSPLUS_(x) x
#define LINKNAME_NULL_ nullptr
#else
#define LINKNAME_CPLUSPLUS_(x)
#define LINKNAME_NULL_ 0
#endif

/* Every expansion ends in something that wants the user's `;`. */
#if defined __cplusplus
#define LINKNAME_ASSERT_(condition, text) static_assert(condition, text)
#elif defined __GNUC__ || defined __clang__
#define LINKNAME_ASSERT_(condition, text) __extension__ _Static_assert(condition, text)
#else
#define LINKNAME_ASSERT_(condition, text) _Static_assert(condition, text)
#endif

#define LINKNAME_ASSERT_REMOTE_(remote)                                                   \
    LINKNAME_ASSERT_(sizeof("" remote) > 1,                                               \
                     "linkname: the remote name is empty; to export, leave it out: LINKNAME(local)")

#ifdef __USER_LABEL_PREFIX__
#define LINKNAME_PREFIX_ LINKNAME_TEXT_(__USER_LABEL_PREFIX__)
#elif defined _M_IX86
#define LINKNAME_PREFIX_ "_"
#else
#define LINKNAME_PREFIX_ ""
#endif

#ifndef LINKNAME_HEADER_ONLY

/* ======== Record mode: leave a record, the tool does the work ============ */

#define LINKNAME_REASON_(id, local, remote, reason)                                       \
    LINKNAME_ASSERT_REMOTE_(remote);                                                      \
    LINKNAME_RECORD_(id, 0, LINKNAME_TYPE_OF_(local), LINKNAME_ADDRESS_OF_(local), remote, #local, reason)
#define LINKNAME_EXPORT_(id, local)                                                       \
    LINKNAME_RECORD_(id, 0, LINKNAME_TYPE_OF_(local), LINKNAME_ADDRESS_OF_(local), "", #local, "")

#define LINKNAME_FN_REASON_(id, type, local, remote, reason)                              \
    LINKNAME_ASSERT_REMOTE_(remote);                                                      \
    LINKNAME_ASSERT_TYPE_(type, local)                                                    \
    LINKNAME_RECORD_(id, 0, LINKNAME_POINTER_TO_(type), LINKNAME_OVERLOAD_(type, local), remote, #local, reason)
#define LINKNAME_FN_EXPORT_(id, type, local)                                              \
    LINKNAME_ASSERT_TYPE_(type, local)                                                    \
    LINKNAME_RECORD_(id, 0, LINKNAME_POINTER_TO_(type), LINKNAME_OVERLOAD_(type, local), "", #local, "")

#define LINKNAME_SYMBOL_REASON_(id, symbol, remote, reason)                               \
    LINKNAME_ASSERT_REMOTE_(remote);                                                      \
    LINKNAME_ASSERT_(sizeof("" symbol) > 1, "linkname: the symbol's name is empty");      \
    LINKNAME_RECORD_(id, 1, void const *, LINKNAME_NULL_, remote, symbol, reason)
#define LINKNAME_SYMBOL_EXPORT_(id, symbol)                                               \
    LINKNAME_ASSERT_(sizeof("" symbol) > 1, "linkname: the symbol's name is empty");      \
    LINKNAME_RECORD_(id, 1, void const *, LINKNAME_NULL_, "", symbol, "")

/* ---- The address of `local`, and its type -------------------------------- */

#ifdef __cplusplus
namespace linkname_detail {
/* Deduction knows that tm<long, int> is one function, which GCC's typeof does
 * not; and no overloaded operator& gets in the way. */
template <class Type_> constexpr Type_ *address_of_one(Type_ &local_) { return __builtin_addressof(local_); }
template <class Type_> struct pointer_to { typedef Type_ *pointer_; };
}
#define LINKNAME_ADDRESS_OF_(local) ::linkname_detail::address_of_one(local)
#define LINKNAME_TYPE_OF_(local) decltype(::linkname_detail::address_of_one(local))
#define LINKNAME_OVERLOAD_(type, local) static_cast<LINKNAME_POINTER_TO_(type)>(&local)
#define LINKNAME_POINTER_TO_(type) ::linkname_detail::pointer_to<type>::pointer_
#define LINKNAME_ASSERT_TYPE_(type, local)
#else
#define LINKNAME_ADDRESS_OF_(local) &(local)
#define LINKNAME_OVERLOAD_(type, local) &local
#if defined __GNUC__ || defined __clang__
#define LINKNAME_TYPE_OF_(local) __typeof__(&(local))
#define LINKNAME_POINTER_TO_(type) __typeof__(type) *
/* Most C compilers only warn of a wrong pointer type. */
#define LINKNAME_ASSERT_TYPE_(type, local)                                                \
    LINKNAME_ASSERT_(__builtin_types_compatible_p(__typeof__(type), __typeof__(local)),   \
                     "linkname: LINKNAME_FN's type is not the type of the declaration");
#else
#define LINKNAME_TYPE_OF_(local) void const *
#define LINKNAME_POINTER_TO_(type) LINKNAME_FN_needs_typeof_in_C_use_LINKNAME_
#define LINKNAME_ASSERT_TYPE_(type, local)
#endif
#endif

/* The address must be known when the object is written. C asks that of every
 * static initialiser; C++ would quietly fill the record in at run time. */
#if !defined __cplusplus
#define LINKNAME_CONSTANT_
#elif defined __clang__
#define LINKNAME_CONSTANT_ __attribute__((require_constant_initialization))
#elif defined __cpp_constinit
#define LINKNAME_CONSTANT_ constinit
#elif defined __GNUC__ && __GNUC__ >= 10
#define LINKNAME_CONSTANT_ __constinit
#else
#define LINKNAME_CONSTANT_
#endif

/* ---- The record ----------------------------------------------------------- */

#define LINKNAME_WHERE_ __FILE__ ":" LINKNAME_TEXT_(__LINE__)

#define LINKNAME_SIZE_(remote, spelled, reason)                                           \
    (8 + sizeof(void *) + sizeof("" remote) + sizeof("" spelled) + sizeof(LINKNAME_WHERE_) + sizeof("" reason))

#define LINKNAME_ASSERT_SIZE_(remote, spelled, reason)                                    \
    LINKNAME_ASSERT_(LINKNAME_SIZE_(remote, spelled, reason) <= 65535,                    \
                     "linkname: the record is longer than 65535 bytes")

/* A name that stays in the assembly: images would keep a symbol without its section. */
#if defined __ELF__ || (defined _WIN32 && !defined __clang__ && !defined _MSC_VER)
#define LINKNAME_NO_SYMBOL_(id) __asm__(".Llinkname_record_" LINKNAME_TEXT_(id))
#else
#define LINKNAME_NO_SYMBOL_(id)
#endif

/* Never const: so records with and without a relocation may share the section.
 * The linkage specification is not allowed in a function, nor is a LINKNAME. */
#define LINKNAME_VARIABLE_(id, storage, flags, pointer_type, pointer, remote, spelled, reason) \
    LINKNAME_CPLUSPLUS_(extern "C++" {})                                                  \
    storage struct {                                                                      \
        unsigned int magic_;                                                              \
        unsigned char version_, flag_bits_;                                               \
        unsigned short size_;                                                             \
        pointer_type address_;                                                            \
        char remote_text_[sizeof("" remote)];                                             \
        char spelled_text_[sizeof("" spelled)];                                           \
        char where_text_[sizeof(LINKNAME_WHERE_)];                                        \
        char reason_text_[sizeof("" reason)];                                             \
    } LINKNAME_JOIN_(linkname_record_, id) LINKNAME_NO_SYMBOL_(id) = {                    \
        0x314B4E4Cu, 1, flags, LINKNAME_SIZE_(remote, spelled, reason), pointer,          \
        "" remote, "" spelled, LINKNAME_WHERE_, "" reason}

#if defined __clang__ && defined __ELF__

/* Clang cannot give a variable SHF_EXCLUDE, so assembly writes the record, from
 * within a function, where an operand can name `local`. The strings come in a
 * statement without operands: that is no template, and `%` and `{` stay as they
 * are. A stringified string literal is a string to the assembler too. The
 * function is empty, so it gets no symbol, which another function would share. */
#define LINKNAME_RECORD_(id, flags, pointer_type, pointer, remote, spelled, reason)       \
    static LINKNAME_KNOWN_ pointer_type const LINKNAME_JOIN_(linkname_address_, id)       \
        __attribute__((unused)) = pointer;                                                \
    LINKNAME_CPLUSPLUS_(extern "C++" {)                                                   \
    __attribute__((naked, used, section(".text"))) static void                            \
    LINKNAME_JOIN_(linkname_record_, id)(void) __asm__(".Llinkname_record_" LINKNAME_TEXT_(id)); \
    static void LINKNAME_JOIN_(linkname_record_, id)(void)                                \
    {                                                                                     \
        __asm__ volatile(".pushsection .linkname,\"e\"\n\t"                               \
                         ".balign " LINKNAME_TEXT_(__SIZEOF_POINTER__) "\n\t"             \
                         ".4byte 0x314B4E4C\n\t.byte 1, " #flags "\n\t.2byte %c1\n\t"     \
                         "." LINKNAME_TEXT_(__SIZEOF_POINTER__) "byte %c0\n\t"            \
                         ".popsection"                                                    \
                         :: LINKNAME_OPERAND_##flags##_(id, pointer),                     \
                            "i"(LINKNAME_SIZE_(remote, spelled, reason)));                \
        __asm__ volatile(".pushsection .linkname,\"e\"\n\t"                               \
                         ".ascii " LINKNAME_TEXT_(remote) "\n\t.byte 0\n\t"               \
                         ".ascii " LINKNAME_TEXT_(spelled) "\n\t.byte 0\n\t"              \
                         ".ascii " LINKNAME_TEXT_(__FILE__) "\n\t"                        \
                         ".ascii \":" LINKNAME_TEXT_(__LINE__) "\"\n\t.byte 0\n\t"        \
                         ".ascii " LINKNAME_TEXT_(reason) "\n\t.byte 0\n\t"               \
                         ".popsection");                                                  \
    }                                                                                     \
    LINKNAME_CPLUSPLUS_(})                                                                \
    LINKNAME_ASSERT_SIZE_(remote, spelled, reason)

#ifdef __cplusplus
#define LINKNAME_KNOWN_ constexpr
#define LINKNAME_OPERAND_0_(id, pointer) LINKNAME_SYMBOLIC_(LINKNAME_JOIN_(linkname_address_, id))
#else
#define LINKNAME_KNOWN_
#define LINKNAME_OPERAND_0_(id, pointer) LINKNAME_SYMBOLIC_(pointer)
#endif
#define LINKNAME_OPERAND_1_(id, pointer) "i"(0)
#if defined __x86_64__ || defined __i386__
#define LINKNAME_SYMBOLIC_(pointer) "s"(pointer) /* "i" would refuse it under -fPIC */
#else
#define LINKNAME_SYMBOLIC_(pointer) "i"(pointer)
#endif

#elif defined __APPLE__

#define LINKNAME_RECORD_(id, flags, pointer_type, pointer, remote, spelled, reason)       \
    LINKNAME_ASSERT_SIZE_(remote, spelled, reason);                                       \
    LINKNAME_VARIABLE_(id, LINKNAME_CONSTANT_                                             \
        __attribute__((used, section("__DWARF,__linkname,regular,debug"), aligned(__SIZEOF_POINTER__))) static, \
        flags, pointer_type, pointer, remote, spelled, reason)

#elif defined __clang__ && defined _WIN32

/* The variable inherits the flags of the section as assembly made it before. */
#define LINKNAME_RECORD_(id, flags, pointer_type, pointer, remote, spelled, reason)       \
    LINKNAME_ASSERT_SIZE_(remote, spelled, reason);                                       \
    __asm__(".section .linkname,\"n\"\n\t.text");                                         \
    LINKNAME_VARIABLE_(id, LINKNAME_CONSTANT_                                             \
        __attribute__((used, section(".linkname"), aligned(__SIZEOF_POINTER__))) static,  \
        flags, pointer_type, pointer, remote, spelled, reason)

#elif defined __GNUC__ && (defined __ELF__ || defined _WIN32)

/* GCC copies the section's name into the assembly as it is, so the name can
 * bring its own flags; the comment sign hides those that GCC adds. */
#if defined _WIN32
#define LINKNAME_SECTION_ ".linkname,\"n\"#"
#elif defined __aarch64__
#define LINKNAME_SECTION_ ".linkname,\"e\",@progbits//"
#elif defined __arm__
#define LINKNAME_SECTION_ ".linkname,\"e\",%progbits@"
#elif defined __sparc__
#define LINKNAME_SECTION_ ".linkname,\"e\",@progbits!"
#else
#define LINKNAME_SECTION_ ".linkname,\"e\",@progbits#"
#endif
#define LINKNAME_RECORD_(id, flags, pointer_type, pointer, remote, spelled, reason)       \
    LINKNAME_ASSERT_SIZE_(remote, spelled, reason);                                       \
    LINKNAME_VARIABLE_(id, LINKNAME_CONSTANT_                                             \
        __attribute__((used, section(LINKNAME_SECTION_), aligned(__SIZEOF_POINTER__))) static, \
        flags, pointer_type, pointer, remote, spelled, reason)

#elif defined _MSC_VER

/* selectany keeps the unused variable; linkname-tool marks the section for removal. */
#define LINKNAME_RECORD_(id, flags, pointer_type, pointer, remote, spelled, reason)       \
    LINKNAME_ASSERT_SIZE_(remote, spelled, reason);                                       \
    LINKNAME_KNOWN_(id, pointer_type, pointer)                                            \
    __pragma(section(".linkname", read, write))                                           \
    LINKNAME_VARIABLE_(id, LINKNAME_C_ __declspec(allocate(".linkname")) __declspec(selectany), \
        flags, pointer_type, pointer, remote, spelled, reason)
#ifdef __cplusplus
#define LINKNAME_C_ extern "C"
#define LINKNAME_KNOWN_(id, pointer_type, pointer)                                        \
    static constexpr pointer_type LINKNAME_JOIN_(linkname_address_, id) = pointer;
#else
#define LINKNAME_C_
#define LINKNAME_KNOWN_(id, pointer_type, pointer)
#endif

#else
#define LINKNAME_RECORD_(id, flags, pointer_type, pointer, remote, spelled, reason)       \
    LINKNAME_ASSERT_(0, "linkname: records are known for ELF, COFF and Mach-O with GCC, Clang and cl.exe only")
#endif

#else /* LINKNAME_HEADER_ONLY */

/* ======== Header-only mode: the compiler is told the name itself ========== */

#define LINKNAME_EXPORT_(id, local)                                                       \
    LINKNAME_ASSERT_(0, "linkname: LINKNAME_HEADER_ONLY cannot export; this needs linkname-tool")
#define LINKNAME_FN_EXPORT_(id, type, local) LINKNAME_EXPORT_(id, local)
#define LINKNAME_SYMBOL_EXPORT_(id, symbol) LINKNAME_EXPORT_(id, symbol)

#if defined __GNUC__ || defined __clang__

/* The asm label renames the entity itself, declaration and definition alike: a
 * pull if no definition follows, a push if one does. */
#define LINKNAME_REASON_(id, local, remote, reason)                                       \
    LINKNAME_BEFORE_(id, &local)                                                          \
    LINKNAME_HEADER_ONLY_stands_before_definition_and_use_(extern __typeof__(local) local, remote) \
    LINKNAME_AFTER_(id, __typeof__(&local), &local)                                       \
    LINKNAME_ASSERT_REMOTE_(remote)
#define LINKNAME_FN_REASON_(id, type, local, remote, reason)                              \
    LINKNAME_BEFORE_(id, &local)                                                          \
    LINKNAME_HEADER_ONLY_stands_before_definition_and_use_(extern __typeof__(type) local, remote) \
    LINKNAME_AFTER_(id, __typeof__(type) *, &local)                                       \
    LINKNAME_ASSERT_REMOTE_(remote)

/* A label that comes too late, or on a static, is only a warning to most
 * compilers; here it must be an error. */
#define LINKNAME_HEADER_ONLY_stands_before_definition_and_use_(declaration, remote)       \
    _Pragma("GCC diagnostic push")                                                        \
    LINKNAME_NO_IGNORED_LABEL_                                                            \
    declaration __asm__(LINKNAME_PREFIX_ remote) LINKNAME_PUBLIC_;                        \
    _Pragma("GCC diagnostic pop")

#ifdef __clang__
#define LINKNAME_NO_IGNORED_LABEL_ _Pragma("GCC diagnostic error \"-Wignored-attributes\"")
#define LINKNAME_PUBLIC_
#else
#define LINKNAME_NO_IGNORED_LABEL_                                                        \
    _Pragma("GCC diagnostic error \"-Wpragmas\"") _Pragma("GCC diagnostic error \"-Wattributes\"")
#define LINKNAME_PUBLIC_ __attribute__((externally_visible))
#endif

#ifdef __cplusplus
/* In a namespace, an unqualified name of an outer one would be declared anew.
 * A template notes what `local` was before, and for Clang without using it. */
#define LINKNAME_BEFORE_(id, address)                                                     \
    extern "C++" {                                                                        \
    template <class Type_> struct LINKNAME_JOIN_(linkname_before_, id) {                  \
        static constexpr Type_ where_() { return address; }                               \
    };                                                                                    \
    }
#define LINKNAME_AFTER_(id, pointer_type, address)                                        \
    static_assert(LINKNAME_JOIN_(linkname_before_, id)<pointer_type>::where_() == static_cast<pointer_type>(address), \
                  "linkname: LINKNAME_HEADER_ONLY must stand in the namespace of the declaration"); \
    LINKNAME_HEADER_ONLY_needs_external_linkage_(id, pointer_type, address)
#else
#define LINKNAME_BEFORE_(id, address)
#define LINKNAME_AFTER_(id, pointer_type, address)                                        \
    LINKNAME_HEADER_ONLY_needs_external_linkage_(id, pointer_type, address)
#endif

/* Clang applies the label to a static, which stays local, and says nothing. It
 * does object to a weak variable that is internal because its type is, and to
 * a static in an inline function. Neither is ever emitted. */
#if !defined __clang__
#define LINKNAME_HEADER_ONLY_needs_external_linkage_(id, pointer_type, address)
#elif defined __cplusplus
namespace linkname_detail { template <class Type_, Type_ local_> struct linkage_of; }
#define LINKNAME_HEADER_ONLY_needs_external_linkage_(id, pointer_type, address)           \
    extern ::linkname_detail::linkage_of<pointer_type, address>                           \
        LINKNAME_JOIN_(linkname_needs_external_linkage_, id) __attribute__((weak));
#else
#define LINKNAME_HEADER_ONLY_needs_external_linkage_(id, pointer_type, address)           \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic error \"-Wstatic-in-inline\"") \
    extern __inline__ __attribute__((gnu_inline)) void                                    \
    LINKNAME_JOIN_(linkname_needs_external_linkage_, id)(void) { (void)(address); }       \
    _Pragma("GCC diagnostic pop")
#endif

#elif defined _MSC_VER && !defined __cplusplus

/* cl.exe has no labels. The linker can be told of a C name, and only pull it. */
#define LINKNAME_REASON_(id, local, remote, reason)                                       \
    LINKNAME_ALTERNATE_(LINKNAME_TEXT_(local), remote)                                    \
    LINKNAME_ASSERT_REMOTE_(remote)
#define LINKNAME_FN_REASON_(id, type, local, remote, reason) LINKNAME_REASON_(id, local, remote, reason)

#else
#define LINKNAME_REASON_(id, local, remote, reason)                                       \
    LINKNAME_ASSERT_(0, "linkname: LINKNAME_HEADER_ONLY cannot do this with this compiler; use LINKNAME_SYMBOL or linkname-tool")
#define LINKNAME_FN_REASON_(id, type, local, remote, reason) LINKNAME_REASON_(id, local, remote, reason)
#endif

/* By name: pulls only. If the symbol is defined here the assembler objects, but
 * the linker's /alternatename does not; Mach-O's assembler would not either. */
#if defined _MSC_VER
#define LINKNAME_ALTERNATE_(symbol, remote)                                               \
    __pragma(comment(linker, "/alternatename:" LINKNAME_PREFIX_ symbol "=" LINKNAME_PREFIX_ remote))
#define LINKNAME_SYMBOL_REASON_(id, symbol, remote, reason)                               \
    LINKNAME_ALTERNATE_(symbol, remote)                                                   \
    LINKNAME_ASSERT_REMOTE_(remote)
#elif defined __ELF__ || (defined _WIN32 && !defined __clang__)
#define LINKNAME_SYMBOL_REASON_(id, symbol, remote, reason)                               \
    __asm__(".equiv " LINKNAME_PREFIX_ symbol ", " LINKNAME_PREFIX_ remote);              \
    LINKNAME_ASSERT_REMOTE_(remote)
#else
#define LINKNAME_SYMBOL_REASON_(id, symbol, remote, reason)                               \
    LINKNAME_ASSERT_(0, "linkname: LINKNAME_HEADER_ONLY cannot bind by name here; this needs linkname-tool")
#endif

#endif /* LINKNAME_HEADER_ONLY */

/* ======== Both modes: ELF symbol versions ================================== */

/* The assembler wants the symbol's name, hence C names only: declaring `local`
 * once more with C linkage refuses every other. */
#ifdef __ELF__
#ifdef __cplusplus
#define LINKNAME_C_NAME_ extern "C"
#else
#define LINKNAME_C_NAME_ extern
#endif
#define LINKNAME_SYMVER_(id, local, remote)                                               \
    LINKNAME_C_NAME_ __typeof__(local) local;                                             \
    __asm__(".symver " LINKNAME_TEXT_(local) ", " remote);                                \
    LINKNAME_ASSERT_REMOTE_(remote)
#else
#define LINKNAME_SYMVER_(id, local, remote)                                               \
    LINKNAME_ASSERT_(0, "linkname: LINKNAME_SYMVER is for ELF; this object format has no symbol versions")
#endif

#endif /* LINKNAME_LINKNAME_H */
