#include "app/backup_tools.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <stdexcept>

#include "core/crypto.hpp"
#include "db/postgres_tools.hpp"
#include "http/message.hpp"

namespace doorstep::app {

namespace fs = std::filesystem;

namespace {

std::string first_line(std::string text) {
    while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.erase(0, 1);
    return text.substr(0, text.find('\n'));
}

std::string find_program(const std::string& name) {
    for (const char* folder : {"/usr/bin", "/bin", "/usr/local/bin"}) {
        auto path = fs::path(folder) / name;
        if (fs::exists(path)) return path.string();
    }
    throw std::runtime_error(fmt::format("the program {} is not installed", name));
}

void run_to_success(const std::string& name, const std::vector<std::string>& command) {
    auto ended = db::run_program(db::current_user(), command);
    if (ended.status != 0) throw std::runtime_error(fmt::format("{} failed: {}", name, first_line(ended.output)));
}

/// Where "postgresql://user:password@host" has its password; npos: none.
struct Span {
    std::size_t from = std::string::npos;
    std::size_t length = 0;
};

Span find_uri_password(const std::string& uri) {
    auto start = uri.find("://");
    if (start == uri.npos) return {};
    start += 3;
    auto end = std::min(uri.find_first_of("/?", start), uri.size());
    auto at = uri.rfind('@', end);
    if (at == uri.npos || at < start) return {};
    auto colon = uri.find(':', start);
    if (colon == uri.npos || colon > at) return {};
    return {colon, at - colon};
}

} // namespace

WorkFolder::WorkFolder(const fs::path& beside) {
    auto pattern = fs::absolute(beside).string() + ".XXXXXX";
    if (!::mkdtemp(pattern.data())) {
        throw std::runtime_error(fmt::format("{} can't be written", fs::absolute(beside).parent_path().string()));
    }
    path_ = pattern;
}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void run_tool(const std::string& name, const std::vector<std::string>& arguments) {
    std::vector<std::string> command{find_program(name)};
    command.insert(command.end(), arguments.begin(), arguments.end());
    run_to_success(name, command);
}

void run_postgres_tool(const std::string& name, const std::string& conninfo, std::vector<std::string> arguments) {
    auto installed = db::find_postgres();
    if (!installed) throw std::runtime_error("PostgreSQL's programs are not installed; run: apt install postgresql");
    auto split = split_password(conninfo);
    std::vector<std::string> command{(installed->bin / name).string(), "--dbname=" + split.conninfo};
    command.insert(command.end(), arguments.begin(), arguments.end());
    if (!split.password.empty()) ::setenv("PGPASSWORD", split.password.c_str(), 1);
    run_to_success(name, command);
    if (!split.password.empty()) ::unsetenv("PGPASSWORD");
}

SplitConninfo split_password(const std::string& conninfo) {
    if (conninfo.find("://") != conninfo.npos) {
        auto span = find_uri_password(conninfo);
        if (span.from == std::string::npos) return {conninfo, ""};
        auto password = http::percent_decode(conninfo.substr(span.from + 1, span.length - 1), false);
        return {conninfo.substr(0, span.from) + conninfo.substr(span.from + span.length), password};
    }
    auto start = conninfo.find("password=");
    if (start == conninfo.npos) return {conninfo, ""};
    auto value = start + 9;
    std::string password;
    bool quoted = value < conninfo.size() && conninfo[value] == '\'';
    auto at = value + (quoted ? 1 : 0);
    while (at < conninfo.size() && conninfo[at] != (quoted ? '\'' : ' ')) {
        if (conninfo[at] == '\\' && at + 1 < conninfo.size()) ++at;
        password += conninfo[at++];
    }
    at = std::min(at + 1, conninfo.size());
    return {conninfo.substr(0, start) + conninfo.substr(at), password};
}

std::string with_database(const std::string& conninfo, const std::string& database) {
    if (conninfo.find("://") == conninfo.npos) return conninfo + " dbname=" + database;
    auto slash = conninfo.find('/', conninfo.find("://") + 3);
    auto question = std::min(conninfo.find('?'), conninfo.size());
    auto server = conninfo.substr(0, std::min(slash, question));
    return server + "/" + database + conninfo.substr(question);
}

Digests digest_tables(db::BlockingConnection& store) {
    auto tables = store.query(R"sql(
        select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('app', 'public', 'sandbox') and c.relkind in ('r', 'p')
            and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
        order by 1, 2
    )sql");
    Digests digests;
    for (const auto& row : tables) {
        auto table = store.identifier(*row[0]) + "." + store.identifier(*row[1]);
        auto found =
            store.query("select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text from " + table + " t");
        digests[*row[0] + "." + *row[1]] = {std::stoll(*found[0][0]), *found[0][1]};
    }
    return digests;
}

void settle_formats(db::BlockingConnection& store) {
    store.exec("set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set extra_float_digits = 1; "
               "set bytea_output = 'hex'; set row_security = off");
}

} // namespace doorstep::app
