# How the project's own targets are compiled. Whoever consumes the project with add_subdirectory sees none of it:
# developer mode and the install rules are off there, and all flags are private.

option(LINKNAME_DEVELOPER_MODE "Build the tests and turn warnings on" ${PROJECT_IS_TOP_LEVEL})
option(LINKNAME_INSTALL "Add install rules" ${PROJECT_IS_TOP_LEVEL})
option(LINKNAME_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
set(LINKNAME_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined")
option(LINKNAME_FUZZ "Build the fuzz targets (Clang)" OFF)

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
endif()

add_library(linkname_build_flags INTERFACE)
target_compile_features(linkname_build_flags INTERFACE cxx_std_23)
target_compile_options(linkname_build_flags INTERFACE -fvisibility=hidden -ffunction-sections -fdata-sections)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  # LLVM's archives bring more than is used: libraries that nothing calls (libz3) and functions that nothing reaches.
  target_link_options(linkname_build_flags INTERFACE LINKER:--as-needed LINKER:--gc-sections)
endif()
if(LINKNAME_DEVELOPER_MODE)
  target_compile_options(
    linkname_build_flags
    INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
              -Wcast-align -Wimplicit-fallthrough $<$<BOOL:${LINKNAME_WARNINGS_AS_ERRORS}>:-Werror>)
  # Clang sees a deprecated function inside libstdc++'s own std::stable_sort and blames whoever calls that.
  target_compile_options(linkname_build_flags INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
endif()
if(LINKNAME_SANITIZE)
  target_compile_options(linkname_build_flags INTERFACE -fsanitize=${LINKNAME_SANITIZE} -fno-sanitize-recover=all
                                                        -fno-omit-frame-pointer)
  target_link_options(linkname_build_flags INTERFACE -fsanitize=${LINKNAME_SANITIZE})
endif()
if(LINKNAME_FUZZ)
  target_compile_options(linkname_build_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
