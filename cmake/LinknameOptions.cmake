# How the project's own targets are compiled. Whoever only consumes the project sees one option: developer mode.

option(LINKNAME_DEVELOPER_MODE "Build the tests and benches" ${PROJECT_IS_TOP_LEVEL})
option(LINKNAME_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
set(LINKNAME_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined")
option(LINKNAME_FUZZ "Build the fuzz targets (Clang)" OFF)

add_library(linkname_build_flags INTERFACE)
target_compile_features(linkname_build_flags INTERFACE cxx_std_23)
target_compile_options(
  linkname_build_flags
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
            -Wcast-align -Wimplicit-fallthrough -fvisibility=hidden
            $<$<BOOL:${LINKNAME_WARNINGS_AS_ERRORS}>:-Werror>)
if(LINKNAME_SANITIZE)
  target_compile_options(linkname_build_flags INTERFACE -fsanitize=${LINKNAME_SANITIZE} -fno-sanitize-recover=all
                                                        -fno-omit-frame-pointer)
  target_link_options(linkname_build_flags INTERFACE -fsanitize=${LINKNAME_SANITIZE})
endif()
if(LINKNAME_FUZZ)
  target_compile_options(linkname_build_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
