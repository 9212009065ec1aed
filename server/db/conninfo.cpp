#include "db/conninfo.hpp"

#include <libpq-fe.h>

namespace doorstep::db {

bool is_conninfo(const std::string& text) {
    char* complaint = nullptr;
    auto* parsed = PQconninfoParse(text.c_str(), &complaint);
    PQconninfoFree(parsed);
    PQfreemem(complaint);
    return parsed != nullptr;
}

} // namespace doorstep::db
