#include "db/blocking.hpp"

#include <libpq-fe.h>

#include <stdexcept>

namespace doorstep::db {

namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string text_or_empty(const char* text) {
    return text ? text : "";
}

std::string one_line(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    for (char& c : text) {
        if (c == '\n' || c == '\t') c = ' ';
    }
    return text;
}

void require_ok(pg_conn* conn, const PGresult* result) {
    auto status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) return;
    auto message = text_or_empty(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    if (message.empty()) message = PQerrorMessage(conn);
    auto sqlstate = text_or_empty(PQresultErrorField(result, PG_DIAG_SQLSTATE));
    throw Failure(
        sqlstate.empty() ? "08006" : sqlstate, text_or_empty(PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME)),
        one_line(std::move(message)), "blocking"
    );
}

} // namespace

BlockingConnection::BlockingConnection(const std::string& conninfo) {
    const char* keys[] = {"fallback_application_name", "connect_timeout", "dbname", "client_encoding", nullptr};
    const char* values[] = {"doorstep", "10", conninfo.c_str(), "UTF8", nullptr};
    conn_ = PQconnectdbParams(keys, values, 1);
    if (PQstatus(conn_) == CONNECTION_OK) {
        PQsetNoticeReceiver(conn_, [](void*, const PGresult*) {}, nullptr);
        return;
    }
    auto message = one_line(text_or_empty(PQerrorMessage(conn_)));
    PQfinish(conn_);
    throw Failure("08001", "", std::move(message), "connect");
}

BlockingConnection::~BlockingConnection() {
    PQfinish(conn_);
}

void BlockingConnection::exec(const std::string& sql) {
    Result result(PQexec(conn_, sql.c_str()), PQclear);
    require_ok(conn_, result.get());
}

BlockingConnection::Cells BlockingConnection::query(const std::string& sql, std::initializer_list<std::string> params) {
    std::vector<const char*> values;
    for (const auto& param : params) values.push_back(param.c_str());
    Result result(PQexecParams(conn_, sql.c_str(), int(values.size()), nullptr, values.data(), nullptr, nullptr, 0), PQclear);
    require_ok(conn_, result.get());
    Cells cells(std::size_t(PQntuples(result.get())));
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        for (int column = 0; column < PQnfields(result.get()); ++column) {
            bool is_null = PQgetisnull(result.get(), row, column);
            auto cell = is_null ? std::optional<std::string>() : std::string(PQgetvalue(result.get(), row, column));
            cells[std::size_t(row)].push_back(std::move(cell));
        }
    }
    return cells;
}

std::string BlockingConnection::value(const std::string& sql, std::initializer_list<std::string> params) {
    auto cells = query(sql, params);
    if (cells.size() != 1 || cells[0].size() != 1) throw std::logic_error("not one value: " + sql);
    return cells[0][0].value_or("");
}

bool BlockingConnection::in_transaction() const {
    return PQtransactionStatus(conn_) == PQTRANS_INTRANS;
}

std::string BlockingConnection::identifier(const std::string& name) const {
    std::unique_ptr<char, decltype(&PQfreemem)> text(PQescapeIdentifier(conn_, name.data(), name.size()), PQfreemem);
    return text_or_empty(text.get());
}

std::string BlockingConnection::literal(const std::string& text) const {
    std::unique_ptr<char, decltype(&PQfreemem)> quoted(PQescapeLiteral(conn_, text.data(), text.size()), PQfreemem);
    return text_or_empty(quoted.get());
}

} // namespace doorstep::db
