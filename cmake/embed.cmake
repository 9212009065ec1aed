# Files that travel inside the binary: migrations, templates and, in release builds, the web app. embed.py writes a table
# for each kind; the bytes come in by .incbin, so that size costs no compile time.

find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(embed_script ${CMAKE_SOURCE_DIR}/cmake/embed.py)

# Adds ${generated}/${kind}.cpp, written anew when one of the files, or their list, changes.
function(doorstep_embed_kind target kind folder)
    set(generated ${CMAKE_BINARY_DIR}/generated)
    file(CONFIGURE OUTPUT ${generated}/${kind}.list CONTENT "${ARGN}\n")
    add_custom_command(
        OUTPUT ${generated}/${kind}.cpp
        COMMAND ${Python3_EXECUTABLE} ${embed_script} ${kind} ${CMAKE_SOURCE_DIR}/${folder} ${generated}/${kind}.list
            ${generated}/${kind}.cpp
        DEPENDS ${embed_script} ${generated}/${kind}.list ${ARGN}
        COMMENT "Embedding ${folder}")
    target_sources(${target} PRIVATE ${generated}/${kind}.cpp)
endfunction()

function(doorstep_embedded target)
    set(root ${CMAKE_SOURCE_DIR})
    file(GLOB migrations CONFIGURE_DEPENDS ${root}/db/migrations/*.up.sql ${root}/db/migrations/*.down.sql)
    file(GLOB_RECURSE templates CONFIGURE_DEPENDS ${root}/templates/*)
    file(GLOB_RECURSE data CONFIGURE_DEPENDS ${root}/resources/*)
    if(DOORSTEP_EMBED_WEB)
        file(GLOB_RECURSE web CONFIGURE_DEPENDS ${root}/web/dist/* ${root}/web-docs/dist/*)
    endif()

    add_library(${target} OBJECT)
    target_include_directories(${target} PRIVATE ${root}/server)
    doorstep_embed_kind(${target} migrations db/migrations ${migrations})
    doorstep_embed_kind(${target} templates templates ${templates})
    doorstep_embed_kind(${target} data resources ${data})
    doorstep_embed_kind(${target} web web/dist ${web})
endfunction()
