# Finds LLVM's CMake package, for the build and for whoever consumes the installed library.
#
# CMake's own search finds one of the LLVMs that a machine has, not the newest, and LLVM's version file only accepts
# the exact minor version. So the places where distributions put each major version are looked at in order.

# linkname_find_llvm(MAJOR...): the first of these versions that is there; LLVM_DIR or LLVM_ROOT decides alone.
# LLVM_FOUND tells. A macro, because LLVM's variables belong to the caller.
macro(linkname_find_llvm)
  if(NOT LLVM_DIR AND NOT LLVM_ROOT)
    foreach(linkname_llvm_major ${ARGN})
      find_package(
        LLVM QUIET CONFIG NO_DEFAULT_PATH
        PATHS /usr/lib/llvm-${linkname_llvm_major} # Debian, Ubuntu
              /usr/lib/llvm/${linkname_llvm_major} # Gentoo
              /usr/lib/llvm${linkname_llvm_major} # Alpine
              /usr/lib64/llvm${linkname_llvm_major} # Fedora
              /opt/homebrew/opt/llvm@${linkname_llvm_major}
              /usr/local/opt/llvm@${linkname_llvm_major})
      if(LLVM_FOUND)
        break()
      endif()
    endforeach()
  endif()
  if(NOT LLVM_FOUND)
    find_package(LLVM QUIET CONFIG)
  endif()
endmacro()

# linkname_llvm_link_flags(RESULT COMPONENT...): what a linker without CMake is told, for the pkg-config file: the
# archives of the components with all that they need, in order.
function(linkname_llvm_link_flags result)
  llvm_map_components_to_libnames(pending ${ARGN})
  set(flags)
  while(pending)
    list(POP_FRONT pending item)
    if(TARGET ${item} AND item MATCHES "^LLVM")
      get_target_property(needed ${item} INTERFACE_LINK_LIBRARIES)
      if(needed)
        list(APPEND pending ${needed})
      endif()
      set(flag -l${item})
    elseif(item STREQUAL "ZLIB::ZLIB")
      set(flag -lz)
    elseif(item MATCHES "^zstd::")
      set(flag -lzstd)
    elseif(item STREQUAL "Terminfo::terminfo")
      set(flag -ltinfo)
    elseif(IS_ABSOLUTE "${item}")
      cmake_path(GET item STEM name)
      string(REGEX REPLACE "^lib" "-l" flag ${name})
    else()
      set(flag -l${item})
    endif()
    # Whoever needs a library stands before it, so the last mention counts.
    list(REMOVE_ITEM flags ${flag})
    list(APPEND flags ${flag})
  endwhile()
  list(JOIN flags " " flags)
  set(${result} "-L${LLVM_LIBRARY_DIRS} ${flags}" PARENT_SCOPE)
endfunction()
