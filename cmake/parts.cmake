# A part of the server is a folder: every .cpp below it except tests, compiled once, linked into the server, the tests, the
# benchmarks and the fuzzers alike. Folders that are still empty are skipped. New files are noticed by the next build.

set(doorstep_parts "" CACHE INTERNAL "")
set(test_main ${CMAKE_SOURCE_DIR}/test/support/main.cpp)

# The precompiled header, for all targets. CMake has its own, which names its build folder in every command: compiled as an
# object, this one is the same in each build folder with the same flags, so that ccache serves all of them.
add_library(pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_compile_options(pch PRIVATE -x c++-header -fpch-instantiate-templates)
target_link_libraries(pch PRIVATE dependencies)
set(pch CMakeFiles/pch.dir/cmake/pch.cpp.o)

# Options shared by all of our targets.
function(doorstep_target name)
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/server ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE vendor)
    target_compile_options(${name} PRIVATE -include-pch ${pch})
    get_target_property(sources ${name} SOURCES)
    set_property(SOURCE ${sources} APPEND PROPERTY OBJECT_DEPENDS ${CMAKE_BINARY_DIR}/${pch})
endfunction()

function(doorstep_part name folder)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    if(sources)
        add_library(${name} OBJECT ${sources})
        doorstep_target(${name})
        set(doorstep_parts ${doorstep_parts} ${name} CACHE INTERNAL "")
    endif()
endfunction()

function(doorstep_program name)
    add_executable(${name} ${ARGN})
    doorstep_target(${name})
    target_link_libraries(${name} PRIVATE ${doorstep_parts} embedded)
endfunction()

# All tests in one binary: unit tests stand beside the code as x_test.cpp, what crosses modules is in test/.
function(doorstep_tests name)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS
        ${CMAKE_SOURCE_DIR}/server/*_test.cpp ${CMAKE_SOURCE_DIR}/sandbox/*_test.cpp
        ${CMAKE_SOURCE_DIR}/test/support/*.cpp ${CMAKE_SOURCE_DIR}/test/api/*.cpp ${CMAKE_SOURCE_DIR}/test/faults/*.cpp)
    if(NOT test_main IN_LIST sources)
        set(fallback ${CMAKE_BINARY_DIR}/generated/test_main.cpp)
        file(CONFIGURE OUTPUT ${fallback} CONTENT "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n#include <doctest/doctest.h>\n")
        list(APPEND sources ${fallback})
    endif()
    doorstep_program(${name} ${sources})
    set_property(SOURCE ${CMAKE_SOURCE_DIR}/test/support/source_dir.cpp APPEND PROPERTY
        COMPILE_DEFINITIONS DOORSTEP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE rapidcheck)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

# bench/*.cpp make one program of microbenchmarks; a file with a main of its own, such as bench/jobs.cpp, becomes bench_jobs.
# None is built by default: the target is `benchmarks`.
function(doorstep_benchmarks folder)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    foreach(source ${sources})
        file(STRINGS ${source} own_main REGEX "^int main\\(")
        if(own_main)
            list(REMOVE_ITEM sources ${source})
            get_filename_component(stem ${source} NAME_WE)
            doorstep_program(bench_${stem} ${source})
            list(APPEND programs bench_${stem})
        endif()
    endforeach()
    if(sources)
        doorstep_program(doorstep_bench ${sources})
        target_link_libraries(doorstep_bench PRIVATE benchmark benchmark_main)
        list(APPEND programs doorstep_bench)
    endif()
    add_custom_target(benchmarks)
    if(programs)
        add_dependencies(benchmarks ${programs})
        set_target_properties(${programs} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
endfunction()

# fuzz/csv.cpp becomes the program fuzz_csv.
function(doorstep_fuzzers folder)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    foreach(source ${sources})
        get_filename_component(stem ${source} NAME_WE)
        doorstep_program(fuzz_${stem} ${source})
        target_link_options(fuzz_${stem} PRIVATE -fsanitize=fuzzer)
    endforeach()
endfunction()
