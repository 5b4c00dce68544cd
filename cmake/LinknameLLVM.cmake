# LLVM's object readers, linked statically: with the shared libLLVM a process starts ten times slower and takes 50 MiB
# more, and the tool runs once per object of a build. Any LLVM from 14 to 19 serves; LLVM_DIR chooses one.

find_package(LLVM CONFIG REQUIRED)
if(LLVM_VERSION_MAJOR LESS 14 OR LLVM_VERSION_MAJOR GREATER 19)
  message(FATAL_ERROR "linkname needs LLVM 14 to 19, found ${LLVM_PACKAGE_VERSION} in ${LLVM_DIR}; set LLVM_DIR")
endif()
message(STATUS "linkname: LLVM ${LLVM_PACKAGE_VERSION} (${LLVM_DIR})")

llvm_map_components_to_libnames(LINKNAME_LLVM_LIBRARIES Object DebugInfoDWARF Demangle BinaryFormat Support)

add_library(linkname_llvm INTERFACE)
target_include_directories(linkname_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
separate_arguments(linkname_llvm_definitions NATIVE_COMMAND ${LLVM_DEFINITIONS})
target_compile_definitions(linkname_llvm INTERFACE ${linkname_llvm_definitions})
target_link_libraries(linkname_llvm INTERFACE ${LINKNAME_LLVM_LIBRARIES})
