#include "test/support/pdf.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>

#include "test/support/test_folder.hpp"

namespace doorstep::test {

std::string ReadPdf::text() const {
    std::string all;
    for (auto& page : pages) all += page;
    return all;
}

/// Lines may break between any two words.
bool ReadPdf::has(std::string_view words) const {
    std::string all;
    for (char c : text()) {
        bool space = c == ' ' || c == '\n' || c == '\r';
        if (!space || !all.ends_with(' ')) all += space ? ' ' : c;
    }
    return all.find(words) != std::string::npos;
}

ReadPdf read_pdf(std::string_view bytes) {
    REQUIRE(bytes.starts_with("%PDF-"));
    TestFolder folder;
    auto file = folder.path() / "read.pdf";
    std::ofstream(file, std::ios::binary) << bytes;
    auto command = "pdftotext " + file.string() + " - 2>&1";
    auto* reader = ::popen(command.c_str(), "r");
    REQUIRE(reader);
    std::string text;
    for (int c = std::fgetc(reader); c != EOF; c = std::fgetc(reader)) text += char(c);
    REQUIRE(::pclose(reader) == 0);
    ReadPdf read;
    while (!text.empty()) {
        auto end = std::min(text.find('\f'), text.size());
        read.pages.push_back(text.substr(0, end));
        text.erase(0, end + 1);
    }
    return read;
}

} // namespace doorstep::test
