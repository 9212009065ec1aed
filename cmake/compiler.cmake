# One language, one set of flags for every target: units that disagree could not share the precompiled header.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR "Doorstep needs clang 19 (g++ 12 miscompiles coroutines). Use a preset: cmake --preset debug")
endif()

# ccache only understands clang's precompiled headers when their timestamps are left out and it is told to be lenient.
# Relative paths let build folders share results.
find_program(ccache ccache)
if(ccache)
    set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
        CCACHE_NOHASHDIR=1 ${ccache})
endif()
add_compile_options("SHELL:-Xclang -fno-pch-timestamp")

set(CMAKE_CXX_FLAGS_DEBUG "-O0")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection")

add_compile_options(-g1 -fPIE -pthread -fno-omit-frame-pointer -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
add_compile_definitions(_GLIBCXX_ASSERTIONS DOORSTEP_VERSION="${PROJECT_VERSION}")
add_link_options(-pie -pthread -fuse-ld=mold -Wl,--as-needed -Wl,-z,relro,-z,now)

if(DOORSTEP_SANITIZE)
    add_compile_options(-fsanitize=${DOORSTEP_SANITIZE} -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${DOORSTEP_SANITIZE})
endif()

# No -Wsign-conversion: it drowns the rest. Designated initialisers may leave out members that have a default.
add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
    -Wextra-semi -Wimplicit-fallthrough -Wno-missing-designated-field-initializers)
if(DOORSTEP_WERROR)
    add_compile_options(-Werror)
endif()
