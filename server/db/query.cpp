#include "db/query.hpp"

namespace doorstep::db {

namespace {
std::vector<const Query*>& registry() {
    static std::vector<const Query*> queries;
    return queries;
}
} // namespace

Query::Query(const char* name, const char* sql) : name_(name), sql_(sql), index_(registry().size()) {
    registry().push_back(this);
}

const std::vector<const Query*>& Query::all() {
    return registry();
}

void append_array_item(std::string& out, std::string_view item) {
    out += '"';
    for (char c : item) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

std::vector<std::string> split_array(std::string_view literal) {
    if (literal.size() < 2 || literal.front() != '{' || literal.back() != '}')
        throw std::logic_error("a column is not a one-dimensional array");
    auto body = literal.substr(1, literal.size() - 2);
    std::vector<std::string> items;
    std::size_t at = 0;
    while (at < body.size()) {
        auto& item = items.emplace_back();
        bool quoted = body[at] == '"';
        if (quoted) ++at;
        while (at < body.size() && body[at] != (quoted ? '"' : ',')) {
            if (body[at] == '\\' && ++at == body.size()) break;
            item += body[at++];
        }
        if (quoted) {
            if (at >= body.size()) throw std::logic_error("an array column ends within an item");
            ++at;
        }
        if (at < body.size() && body[at++] != ',') throw std::logic_error("an array column has no comma between its items");
    }
    return items;
}

} // namespace doorstep::db
