#include "modules/exports/workbook.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "core/text.hpp"

namespace doorstep::exports {

namespace {

std::string temporary_file() {
    auto form = (std::filesystem::temp_directory_path() / "doorstep-XXXXXX").string();
    int descriptor = mkstemp(form.data());
    if (descriptor < 0) throw std::runtime_error("no temporary file for a workbook");
    close(descriptor);
    return form;
}

} // namespace

struct Workbook::Impl {
    std::string path = temporary_file();
    lxw_workbook* book = nullptr;
    lxw_worksheet* sheet = nullptr;
    lxw_row_t rows = 0;

    ~Impl() {
        if (book) workbook_close(book);
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
};

Workbook::Workbook() : impl_(std::make_unique<Impl>()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    impl_->book = workbook_new_opt(impl_->path.c_str(), &options);
    if (!impl_->book) throw std::runtime_error("a workbook can't be written");
    impl_->sheet = workbook_add_worksheet(impl_->book, nullptr);
    worksheet_freeze_panes(impl_->sheet, 1, 0);
    auto bold = workbook_add_format(impl_->book);
    format_set_bold(bold);
    worksheet_set_row(impl_->sheet, 0, LXW_DEF_ROW_HEIGHT, bold);
}

Workbook::~Workbook() = default;

void Workbook::add_row(const std::vector<std::string>& cells) {
    lxw_col_t column = 0;
    for (auto& cell : cells) {
        // As texts: no cell is ever a formula. A cell holds 32,767 characters.
        std::string text(utf8_prefix(cell, 32'000));
        if (!text.empty()) worksheet_write_string(impl_->sheet, impl_->rows, column, text.c_str(), nullptr);
        ++column;
    }
    ++impl_->rows;
}

std::string Workbook::finish() {
    auto error = workbook_close(std::exchange(impl_->book, nullptr));
    if (error != LXW_NO_ERROR) throw std::runtime_error("a workbook can't be written");
    std::ifstream in(impl_->path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

} // namespace doorstep::exports
