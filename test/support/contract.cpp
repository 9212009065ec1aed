#include "test/support/contract.hpp"

#include <filesystem>
#include <fstream>

#include "core/json.hpp"
#include "test/support/source_dir.hpp"

namespace doorstep::test {
namespace {

void write(std::string_view name, std::string_view text) {
    auto folder = source_dir() / "build/contract";
    std::filesystem::create_directories(folder);
    // Renamed into place, so that a reader never sees half of it.
    auto path = folder / (std::string(name) + ".json");
    auto draft = path;
    draft += ".new";
    std::ofstream(draft) << text << '\n';
    std::filesystem::rename(draft, path);
}

} // namespace

void record_request(std::string_view name, const HttpDouble::Seen& seen) {
    auto method = seen.start_line.substr(0, seen.start_line.find(' '));
    auto rest = seen.start_line.substr(method.size() + 1);
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.key("method");
    json.string(method);
    json.key("path");
    json.string(rest.substr(0, rest.find(' ')));
    json.key("head");
    json.string(seen.head);
    json.key("body");
    json.raw(seen.body);
    json.end_object();
    write(name, out);
}

void record_answer(std::string_view name, int status, std::string_view json_body, std::string_view json_headers) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.key("status");
    json.integer(status);
    json.key("headers");
    json.raw(json_headers);
    json.key("body");
    json.raw(json_body);
    json.end_object();
    write(name, out);
}

} // namespace doorstep::test
