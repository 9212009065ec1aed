#include <libpq-fe.h>

#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "db/database.hpp"

namespace doorstep::db {

namespace {
PGresult* result_of(void* result) {
    return static_cast<PGresult*>(result);
}
} // namespace

Failure::Failure(std::string sqlstate, std::string constraint, std::string message, std::string query)
    : sqlstate(std::move(sqlstate)), constraint(std::move(constraint)), message(std::move(message)), query(std::move(query)) {}

Rows::Rows() : result_(nullptr) {}

Rows::Rows(void* result, const Query* query) : result_(result), query_(query) {}

Rows::Rows(Rows&& other) noexcept : result_(std::exchange(other.result_, nullptr)), query_(other.query_) {}

Rows& Rows::operator=(Rows&& other) noexcept {
    if (this != &other) {
        PQclear(result_of(result_));
        result_ = std::exchange(other.result_, nullptr);
        query_ = other.query_;
    }
    return *this;
}

Rows::~Rows() {
    PQclear(result_of(result_));
}

std::size_t Rows::size() const {
    return std::size_t(PQntuples(result_of(result_)));
}

std::size_t Rows::columns() const {
    return std::size_t(PQnfields(result_of(result_)));
}

std::string_view Rows::column_name(std::size_t column) const {
    const char* name = PQfname(result_of(result_), int(column));
    return name ? name : "";
}

int Rows::column(std::string_view name, std::size_t guess) const {
    // Not PQfnumber, which folds case and wants a terminated string.
    auto count = columns();
    for (std::size_t i = 0; i < count; ++i) {
        auto at = (guess + i) % count;
        if (column_name(at) == name) return int(at);
    }
    return -1;
}

std::optional<std::string_view> Rows::at(std::size_t row, std::size_t column) const {
    auto* result = result_of(result_);
    if (row >= size() || column >= columns()) throw std::logic_error("a row or column that the result does not have");
    auto length = std::size_t(PQgetlength(result, int(row), int(column)));
    if (length == 0 && PQgetisnull(result, int(row), int(column))) return std::nullopt;
    return std::string_view(PQgetvalue(result, int(row), int(column)), length);
}

std::int64_t Rows::affected() const {
    if (!result_) return 0;
    const char* text = PQcmdTuples(result_of(result_));
    std::int64_t count = 0;
    std::from_chars(text, text + std::strlen(text), count);
    return count;
}

void detail::missing_column(const Rows& rows, std::string_view name) {
    throw std::logic_error("the result of " + std::string(rows.query_name()) + " has no column " + std::string(name));
}

void detail::no_row(const Rows& rows) {
    throw std::logic_error("no row from " + std::string(rows.query_name()));
}

std::int64_t detail::affected(const Rows& rows) {
    return rows.affected();
}

} // namespace doorstep::db
