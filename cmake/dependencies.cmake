# Everything comes from Debian (script/setup installs it; docs/dependencies.md says why each).

find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(CURL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog REQUIRED)
find_package(date REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(absl REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
foreach(name sodium gumbo qrencode magic xlsxwriter protobuf maxminddb)
    find_library(lib_${name} ${name} REQUIRED)
endforeach()

# libphonenumber's -dev package conflicts with Boost 1.81's: script/setup unpacks its headers here, the runtime library
# installs beside Boost as usual. Only core/phone.cpp sees them.
set(phonenumber_headers ${CMAKE_SOURCE_DIR}/build/deps/phonenumber)
set(phonenumber_library /usr/lib/x86_64-linux-gnu/libphonenumber.so.8)
if(NOT EXISTS ${phonenumber_headers}/phonenumbers/phonenumberutil.h OR NOT EXISTS ${phonenumber_library})
    message(FATAL_ERROR "libphonenumber is missing: run script/setup once")
endif()
set_source_files_properties(server/core/phone.cpp PROPERTIES COMPILE_OPTIONS "-isystem;${phonenumber_headers}")

add_library(dependencies INTERFACE)
target_link_libraries(dependencies INTERFACE
    Threads::Threads OpenSSL::SSL OpenSSL::Crypto PostgreSQL::PostgreSQL CURL::libcurl ZLIB::ZLIB
    fmt::fmt spdlog::spdlog date::date-tz tomlplusplus::tomlplusplus ICU::uc ICU::i18n
    ${lib_sodium} ${lib_gumbo} ${lib_qrencode} ${lib_magic} ${lib_xlsxwriter} ${lib_maxminddb}
    ${phonenumber_library} ${lib_protobuf} absl::node_hash_set)

# Boost is compiled once, in server/vendor. A unit without these definitions would break the one-definition rule.
target_compile_definitions(dependencies INTERFACE
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
