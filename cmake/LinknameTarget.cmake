# linkname_target(TARGET [RULES FILE...] [HANDSHAKE on|off] [STRICT])
#
# Makes LINKNAME work in a target's sources: each object is brought to say what its records ask for as it is compiled,
# and every pull is bound as the target is linked. The words are those of `linkname-tool link` (docs/link.md); they are
# for what is linked, so not for static and object libraries. docs/build-systems.md.

include(${CMAKE_CURRENT_LIST_DIR}/LinknameTool.cmake)

function(linkname_target target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "STRICT" "HANDSHAKE" "RULES")
  linkname_check_arguments("linkname_target(${target})" arg)
  linkname_resolve_target(linkname_target ${target} target)
  set(self "linkname_target(${target})")

  get_property(type TARGET ${target} PROPERTY TYPE)
  get_property(imported TARGET ${target} PROPERTY IMPORTED)
  if(imported)
    message(FATAL_ERROR "${self}: it is imported, so nothing of it is compiled or linked here; linkname_rewrite makes a "
                        "changed copy of an imported static library")
  elseif(type MATCHES "^(STATIC|OBJECT)_LIBRARY$")
    if(arg_STRICT OR DEFINED arg_HANDSHAKE OR DEFINED arg_RULES)
      message(FATAL_ERROR "${self}: it is not linked itself; give RULES, HANDSHAKE and STRICT where the target is that "
                          "links it")
    endif()
  elseif(NOT type MATCHES "^(EXECUTABLE|(SHARED|MODULE)_LIBRARY)$")
    message(FATAL_ERROR "${self}: nothing is compiled or linked for it (it is of type ${type})")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    message(FATAL_ERROR "${self}: the generator '${CMAKE_GENERATOR}' knows no launchers; use Ninja or Makefiles")
  endif()
  get_property(ipo TARGET ${target} PROPERTY INTERPROCEDURAL_OPTIMIZATION)
  if(ipo)
    message(FATAL_ERROR "${self}: INTERPROCEDURAL_OPTIMIZATION is on, and linkname cannot edit what it makes of objects; "
                        "turn it off for this target")
  endif()
  get_property(done TARGET ${target} PROPERTY linkname_launched)
  if(done)
    message(FATAL_ERROR "${self}: was called before; say everything in one call")
  endif()

  linkname_tool_path(tool)
  linkname_resolve_files("${self}" rules ${arg_RULES})
  set(options)
  foreach(file IN LISTS rules)
    list(APPEND options --rules ${file})
  endforeach()
  if(DEFINED arg_HANDSHAKE)
    if(NOT arg_HANDSHAKE MATCHES "^(on|off|ON|OFF)$")
      message(FATAL_ERROR "${self}: HANDSHAKE is on or off, not '${arg_HANDSHAKE}'")
    endif()
    string(TOLOWER ${arg_HANDSHAKE} handshake)
    list(APPEND options --handshake=${handshake})
  endif()
  if(arg_STRICT)
    list(APPEND options --strict)
  endif()

  # Before a compiler's cache, so that it keeps what the compiler made; but behind whatever else starts the linker,
  # since the tool has to see the linker's own command.
  foreach(language IN ITEMS C CXX OBJC OBJCXX)
    get_property(compiler_launcher TARGET ${target} PROPERTY ${language}_COMPILER_LAUNCHER)
    set_property(TARGET ${target} PROPERTY ${language}_COMPILER_LAUNCHER ${tool} cc -- ${compiler_launcher})
    set_property(TARGET ${target} APPEND PROPERTY ${language}_LINKER_LAUNCHER ${tool} link ${options} --)
  endforeach()
  set_property(TARGET ${target} PROPERTY linkname_launched TRUE)
  # The header alone, hence not target_link_libraries, which would have to know whether the project uses it with
  # keywords or without, and would name the header where a static library is installed.
  set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES linkname::annotate)
  if(NOT type MATCHES "^(STATIC|OBJECT)_LIBRARY$")
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${tool} ${rules})
  endif()
  add_dependencies(${target} linkname::tool)
endfunction()
