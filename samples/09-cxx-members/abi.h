// What the C++ ABIs do not have in common: mangled names, and on i386 the register that holds the object.
#pragma once

#if !defined _MSC_VER
#define MANGLED(itanium, microsoft, microsoft_i386) itanium
#elif !defined _M_IX86
#define MANGLED(itanium, microsoft, microsoft_i386) microsoft
#else
#define MANGLED(itanium, microsoft, microsoft_i386) microsoft_i386
#endif

#if defined _MSC_VER && defined _M_IX86
#define MEMBER __thiscall
#else
#define MEMBER
#endif
