# What `cmake --install` puts where, and the packages by which other builds find it: a CMake package with three targets
# and a pkg-config file. The targets have export sets of their own, because the header and the tool serve where no LLVM
# is installed, and the library does not.

include(CMakePackageConfigHelpers)
set(linkname_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/linkname)

install(DIRECTORY include/linkname DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS linkname_annotate EXPORT linkname-annotate)
install(TARGETS linkname-tool EXPORT linkname-tool)
foreach(verb cc link)
  install(PROGRAMS $<TARGET_FILE_DIR:linkname-tool>/linkname-${verb} TYPE BIN)
endforeach()
install(TARGETS linkname_library EXPORT linkname-library)
foreach(part annotate tool library)
  install(
    EXPORT linkname-${part}
    NAMESPACE linkname::
    DESTINATION ${linkname_package_dir})
endforeach()

configure_package_config_file(
  cmake/linknameConfig.cmake.in ${PROJECT_BINARY_DIR}/linknameConfig.cmake
  INSTALL_DESTINATION ${linkname_package_dir}
  NO_SET_AND_CHECK_MACRO)
# The header serves every target machine and the tool runs on the build machine, so the package does as well; the
# library's pointer size is held against the consumer's in the config file.
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/linknameConfigVersion.cmake
  COMPATIBILITY SameMinorVersion
  ARCH_INDEPENDENT)
install(
  FILES ${PROJECT_BINARY_DIR}/linknameConfig.cmake ${PROJECT_BINARY_DIR}/linknameConfigVersion.cmake
        cmake/LinknameFindLLVM.cmake cmake/LinknameTool.cmake cmake/LinknameTarget.cmake cmake/LinknameRewrite.cmake
        cmake/LinknameExport.cmake
  DESTINATION ${linkname_package_dir})

linkname_llvm_link_flags(LINKNAME_PKGCONFIG_LLVM ${LINKNAME_LLVM_COMPONENTS})
# From the file's own folder to the prefix, so that an installed tree can be moved.
cmake_path(SET linkname_pkgconfig_dir NORMALIZE "/${CMAKE_INSTALL_LIBDIR}/pkgconfig")
cmake_path(RELATIVE_PATH linkname_pkgconfig_dir BASE_DIRECTORY "/" OUTPUT_VARIABLE linkname_depth)
string(REGEX REPLACE "[^/]+" ".." LINKNAME_PKGCONFIG_UP "${linkname_depth}")
configure_file(cmake/linkname.pc.in ${PROJECT_BINARY_DIR}/linkname.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/linkname.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
