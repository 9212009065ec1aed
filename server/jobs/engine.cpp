#include "jobs/engine.hpp"

namespace doorstep::jobs {
namespace {

constexpr std::string_view settings =
    "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_bitmapscan=off -c jit=off";

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == ' ')
            out += "%20";
        else if (c == '=')
            out += "%3D";
        else
            out += c;
    }
    return out;
}

bool is_uri(std::string_view conninfo) {
    return conninfo.starts_with("postgres://") || conninfo.starts_with("postgresql://");
}

} // namespace

db::Options engine_options(db::Options options) {
    auto& conninfo = options.conninfo;
    if (is_uri(conninfo))
        conninfo += (conninfo.find('?') == conninfo.npos ? "?options=" : "&options=") + percent_encoded(settings);
    else
        conninfo += " options='" + std::string(settings) + "'";
    options.shared = 2;
    options.exclusive = 1;
    return options;
}

} // namespace doorstep::jobs
