# LLVM's object readers, linked statically: with the shared libLLVM a process starts ten times slower and takes 50 MiB
# more, and the tool runs once per object of a build. Any LLVM from 14 to 19 serves; LLVM_DIR chooses one, otherwise the
# newest that is installed.

include(LinknameFindLLVM)
linkname_find_llvm(19 18 17 16 15 14)
if(NOT LLVM_FOUND)
  message(FATAL_ERROR "linkname needs the development files of LLVM 14 to 19 (Debian: llvm-19-dev, or llvm-dev and "
                      "libzstd-dev zlib1g-dev); set LLVM_DIR to the folder of LLVMConfig.cmake if they are installed")
endif()
if(LLVM_VERSION_MAJOR LESS 14 OR LLVM_VERSION_MAJOR GREATER 19)
  message(FATAL_ERROR "linkname needs LLVM 14 to 19, found ${LLVM_PACKAGE_VERSION} in ${LLVM_DIR}; set LLVM_DIR")
endif()
message(STATUS "linkname: LLVM ${LLVM_PACKAGE_VERSION} (${LLVM_DIR})")

set(LINKNAME_LLVM_COMPONENTS Object DebugInfoDWARF Demangle BinaryFormat Support)
llvm_map_components_to_libnames(LINKNAME_LLVM_LIBRARIES ${LINKNAME_LLVM_COMPONENTS})

# Debian's LLVM is linked against these two; without their development files CMake would only say that a target is
# missing.
get_target_property(linkname_llvm_needs LLVMSupport INTERFACE_LINK_LIBRARIES)
foreach(needed IN ITEMS ZLIB::ZLIB zstd::libzstd_shared zstd::libzstd_static)
  if(needed IN_LIST linkname_llvm_needs AND NOT TARGET ${needed})
    message(FATAL_ERROR "LLVM ${LLVM_PACKAGE_VERSION} needs ${needed}, whose development files are missing "
                        "(Debian: zlib1g-dev, libzstd-dev)")
  endif()
endforeach()

add_library(linkname_llvm INTERFACE)
target_include_directories(linkname_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
separate_arguments(linkname_llvm_definitions NATIVE_COMMAND ${LLVM_DEFINITIONS})
target_compile_definitions(linkname_llvm INTERFACE ${linkname_llvm_definitions})
target_link_libraries(linkname_llvm INTERFACE ${LINKNAME_LLVM_LIBRARIES})
