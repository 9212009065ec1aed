#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "modules/exports/pdf.hpp"

namespace doorstep::providers {

struct WeasyPrintOptions {
    std::string python = "/usr/bin/python3"; ///< Debian's, which has its packages
    std::size_t workers = 2;
    std::size_t queue = 16; ///< documents that wait or are being made; more are refused as busy
    std::chrono::milliseconds patience{20'000};
    int documents = 100; ///< that one process makes before another takes its place
};

/// WeasyPrint in processes of its own, started when first needed and kept warm. One for all threads.
std::unique_ptr<exports::PdfRenderer> make_weasyprint(WeasyPrintOptions options = {});

} // namespace doorstep::providers
