# What the functions for other projects' targets have in common: where the tool is, and what can be asked of a target.

# linkname_tool_path(RESULT): where the tool is, or is going to be, as launchers and dependencies name it.
function(linkname_tool_path result)
  get_property(imported TARGET linkname::tool PROPERTY IMPORTED)
  get_property(several_configurations GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(imported)
    get_target_property(path linkname::tool LOCATION)
  elseif(CMAKE_CROSSCOMPILING)
    message(FATAL_ERROR "linkname: this build makes linkname-tool for another machine than the one it runs on; install "
                        "linkname for this machine and use find_package instead of add_subdirectory")
  elseif(several_configurations) # a launcher is the same for all of them
    message(FATAL_ERROR "linkname: a build of several configurations cannot use a tool that it makes itself; install "
                        "linkname and use find_package instead of add_subdirectory")
  else()
    get_target_property(folder linkname::tool RUNTIME_OUTPUT_DIRECTORY)
    set(path ${folder}/linkname-tool${CMAKE_EXECUTABLE_SUFFIX})
  endif()
  set(${result} ${path} PARENT_SCOPE)
endfunction()

# linkname_resolve_target(FUNCTION TARGET RESULT): the target itself where TARGET is another name of it.
function(linkname_resolve_target function target result)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "${function}: there is no target '${target}'; call it after add_executable or add_library")
  endif()
  get_property(actual TARGET ${target} PROPERTY ALIASED_TARGET)
  if(NOT actual)
    set(actual ${target})
  endif()
  set(${result} ${actual} PARENT_SCOPE)
endfunction()

# linkname_resolve_files(FUNCTION RESULT FILE...): absolute paths of files that are there, or that the build makes.
function(linkname_resolve_files function result)
  set(paths)
  foreach(file IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH file NORMALIZE)
    get_property(generated SOURCE ${file} PROPERTY GENERATED)
    if(NOT generated AND (NOT EXISTS ${file} OR IS_DIRECTORY ${file}))
      message(FATAL_ERROR "${function}: there is no file ${file}; if the build makes it, set its property GENERATED")
    endif()
    list(APPEND paths ${file})
  endforeach()
  set(${result} ${paths} PARENT_SCOPE)
endfunction()

# linkname_check_arguments(FUNCTION PREFIX): what cmake_parse_arguments found no place for, or nothing behind.
macro(linkname_check_arguments function prefix)
  if(DEFINED ${prefix}_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${function}: does not know '${${prefix}_UNPARSED_ARGUMENTS}'")
  endif()
  if(DEFINED ${prefix}_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "${function}: nothing stands behind ${${prefix}_KEYWORDS_MISSING_VALUES}")
  endif()
endmacro()
