# linkname_rewrite(LIBRARY [AS NEW]
#                  [EXPORT SYMBOL...] [HIDE SYMBOL...] [WEAKEN SYMBOL...] [LOCALIZE SYMBOL...]
#                  [RENAME OLD=NEW...] [ALIAS NEW=OLD...] [RULES FILE...] [UNSAFE SYMBOL...] [ALL] [STRICT]
#                  [PREFIX P] [SUFFIX S] [RENAME_MAP FILE...] [ONLY PATTERN...] [EXCEPT PATTERN...]
#                  [ISOLATE] [KEEP PATTERN...])
#
# Runs `linkname-tool rewrite` on a static library, with the options of these names. A library that this project builds
# is changed as the last step of building it, or with AS left as it is: NEW is an imported target, a changed copy that
# is used like LIBRARY. Of an imported library there is only the copy. docs/build-systems.md.

include(${CMAKE_CURRENT_LIST_DIR}/LinknameTool.cmake)

function(linkname_rewrite library)
  set(flags ALL STRICT ISOLATE)
  set(single PREFIX SUFFIX)
  set(symbols EXPORT HIDE WEAKEN LOCALIZE RENAME ALIAS UNSAFE ONLY EXCEPT KEEP)
  set(files RULES RENAME_MAP)
  cmake_parse_arguments(PARSE_ARGV 1 arg "${flags}" "AS;${single}" "${symbols};${files}")
  set(self "linkname_rewrite(${library})")
  linkname_check_arguments("${self}" arg)
  linkname_resolve_target(linkname_rewrite ${library} library)

  set(options)
  set(inputs)
  foreach(word IN LISTS flags single symbols files)
    string(TOLOWER "--${word}" option)
    string(REPLACE _ - option ${option})
    if(word IN_LIST flags)
      if(arg_${word})
        list(APPEND options ${option})
      endif()
      continue()
    endif()
    if(word IN_LIST files)
      linkname_resolve_files("${self}" arg_${word} ${arg_${word}})
      list(APPEND inputs ${arg_${word}})
    endif()
    foreach(value IN LISTS arg_${word})
      list(APPEND options ${option} ${value})
    endforeach()
  endforeach()
  if(NOT options)
    message(FATAL_ERROR "${self}: nothing says what is to be changed")
  endif()

  get_property(imported TARGET ${library} PROPERTY IMPORTED)
  get_property(type TARGET ${library} PROPERTY TYPE)
  if(imported)
    get_target_property(location ${library} LOCATION)
    if(NOT location MATCHES "\\.(a|lib)$")
      message(FATAL_ERROR "${self}: it is no static library: ${location}")
    elseif(NOT DEFINED arg_AS)
      message(FATAL_ERROR "${self}: it is imported, and not this project's to change; AS NEW makes a changed copy")
    endif()
    cmake_path(GET location FILENAME name)
  elseif(NOT type STREQUAL "STATIC_LIBRARY")
    message(FATAL_ERROR "${self}: it is no static library but of type ${type}; objects are changed by linkname_target, and "
                        "linkname_export exports from what is linked")
  else()
    get_property(name TARGET ${library} PROPERTY OUTPUT_NAME)
    if(NOT name)
      set(name ${library})
    endif()
    set(name ${CMAKE_STATIC_LIBRARY_PREFIX}${name}${CMAKE_STATIC_LIBRARY_SUFFIX})
  endif()

  linkname_tool_path(tool)
  if(DEFINED arg_AS)
    linkname_add_rewritten_copy(${library} ${arg_AS} ${name})
    return()
  endif()
  get_property(folder TARGET ${library} PROPERTY SOURCE_DIR)
  if(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR)
    message(FATAL_ERROR "${self}: it is built in ${folder}, and only there a step can be added to it; call it there, or give "
                        "AS NEW")
  endif()
  add_custom_command(
    TARGET ${library}
    POST_BUILD
    COMMAND ${tool} rewrite $<TARGET_FILE:${library}> ${options}
    COMMENT "Rewriting ${name}"
    VERBATIM)
  add_dependencies(${library} linkname::tool)
  # Ninja knows no LINK_DEPENDS for static libraries. What is in one does count: when rules or the tool change, one
  # source is compiled again, and so all is done again.
  get_property(sources TARGET ${library} PROPERTY SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.(c|C|cc|cpp|cxx|c\\+\\+|m|mm|s|S|asm)$")
  list(FILTER sources EXCLUDE REGEX "\\$<")
  if(NOT sources)
    message(FATAL_ERROR "${self}: it has no source of its own by which a change of rules could be noticed; give AS NEW")
  endif()
  list(GET sources 0 source)
  set_property(SOURCE ${source} APPEND PROPERTY OBJECT_DEPENDS ${tool} ${inputs})
endfunction()

# Takes `tool`, `options` and `inputs` from linkname_rewrite.
function(linkname_add_rewritten_copy library new name)
  if(TARGET ${new})
    message(FATAL_ERROR "linkname_rewrite(${library}): there is a target '${new}' already")
  endif()
  string(REPLACE "::" "-" folder ${new})
  set(place ${CMAKE_CURRENT_BINARY_DIR}/${folder}.linkname)
  get_property(several_configurations GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(several_configurations)
    set(copy ${place}/$<CONFIG>/${name})
  else()
    set(copy ${place}/${name})
  endif()
  add_custom_command(
    OUTPUT ${copy}
    COMMAND ${tool} rewrite $<TARGET_FILE:${library}> ${options} -o ${copy}
    DEPENDS ${library} $<TARGET_FILE:${library}> linkname::tool ${tool} ${inputs}
    COMMENT "Rewriting ${name} for ${new}"
    VERBATIM)
  add_custom_target(${folder}-rewritten DEPENDS ${copy})
  add_library(${new} STATIC IMPORTED GLOBAL)
  add_dependencies(${new} ${folder}-rewritten)

  # Used like the original, whatever is said of that later on.
  if(several_configurations)
    foreach(configuration IN LISTS CMAKE_CONFIGURATION_TYPES)
      file(MAKE_DIRECTORY ${place}/${configuration})
      string(TOUPPER ${configuration} suffix)
      set_property(TARGET ${new} PROPERTY IMPORTED_LOCATION_${suffix} ${place}/${configuration}/${name})
    endforeach()
  else()
    file(MAKE_DIRECTORY ${place})
    set_property(TARGET ${new} PROPERTY IMPORTED_LOCATION ${copy})
  endif()
  foreach(what IN ITEMS INCLUDE_DIRECTORIES SYSTEM_INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS COMPILE_FEATURES
                        LINK_OPTIONS LINK_DIRECTORIES LINK_DEPENDS SOURCES)
    set_property(TARGET ${new} PROPERTY INTERFACE_${what} $<TARGET_PROPERTY:${library},INTERFACE_${what}>)
  endforeach()
  get_property(imported TARGET ${library} PROPERTY IMPORTED)
  if(imported)
    linkname_copy_link_libraries(${library} ${new})
  else()
    # EVAL, because a deferred call's variables are looked up when it runs.
    cmake_language(
      EVAL CODE
      "cmake_language(DEFER DIRECTORY [[${CMAKE_SOURCE_DIR}]] CALL linkname_copy_link_libraries [[${library}]] [[${new}]])")
  endif()
  get_property(languages TARGET ${library} PROPERTY IMPORTED_LINK_INTERFACE_LANGUAGES)
  get_property(sources TARGET ${library} PROPERTY SOURCES)
  if(sources MATCHES "\\.(C|cc|cpp|cxx|c\\+\\+|mm)(;|$)")
    set(languages CXX)
  endif()
  set_property(TARGET ${new} PROPERTY IMPORTED_LINK_INTERFACE_LANGUAGES ${languages})
endfunction()

# As they are written, because $<LINK_ONLY:...> in them is only understood in the property itself.
function(linkname_copy_link_libraries from to)
  get_property(libraries TARGET ${from} PROPERTY INTERFACE_LINK_LIBRARIES)
  set_property(TARGET ${to} PROPERTY INTERFACE_LINK_LIBRARIES ${libraries})
endfunction()
