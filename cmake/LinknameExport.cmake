# linkname_export(TARGET [SYMBOLS SYMBOL...] [RULES FILE...])
#
# Exports static and hidden symbols from what is linked already, as the last step of linking it: `linkname-tool rewrite`
# on a shared library, a module or a program, with --export for each SYMBOL and what the rules ask for.
# docs/build-systems.md.

include(${CMAKE_CURRENT_LIST_DIR}/LinknameTool.cmake)

function(linkname_export target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SYMBOLS;RULES")
  set(self "linkname_export(${target})")
  linkname_check_arguments("${self}" arg)
  linkname_resolve_target(linkname_export ${target} target)
  if(NOT DEFINED arg_SYMBOLS AND NOT DEFINED arg_RULES)
    message(FATAL_ERROR "${self}: nothing says what is to be exported")
  endif()

  get_property(type TARGET ${target} PROPERTY TYPE)
  get_property(imported TARGET ${target} PROPERTY IMPORTED)
  get_property(folder TARGET ${target} PROPERTY SOURCE_DIR)
  if(imported)
    message(FATAL_ERROR "${self}: it is imported, and not this project's to change; `linkname-tool rewrite IN -o OUT` makes a "
                        "changed copy")
  elseif(NOT type MATCHES "^(EXECUTABLE|(SHARED|MODULE)_LIBRARY)$")
    message(FATAL_ERROR "${self}: it is not linked (it is of type ${type}); linkname_rewrite changes static libraries")
  elseif(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR)
    message(FATAL_ERROR "${self}: it is built in ${folder}, and only there a step can be added to it; call it there")
  endif()

  set(options)
  foreach(symbol IN LISTS arg_SYMBOLS)
    if(symbol MATCHES "\\$<") # which may turn out to be nothing; others may be C++ names, with commas and '>'
      list(APPEND options "$<$<NOT:$<STREQUAL:${symbol},>>:--export$<SEMICOLON>${symbol}>")
    else()
      list(APPEND options --export "${symbol}")
    endif()
  endforeach()
  linkname_resolve_files("${self}" rules ${arg_RULES})
  foreach(file IN LISTS rules)
    list(APPEND options --rules ${file})
  endforeach()

  linkname_tool_path(tool)
  add_custom_command(
    TARGET ${target}
    POST_BUILD
    COMMAND ${tool} rewrite $<TARGET_FILE:${target}> ${options}
    COMMENT "Exporting from ${target}"
    COMMAND_EXPAND_LISTS
    VERBATIM)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${tool} ${rules})
  add_dependencies(${target} linkname::tool)
endfunction()
