#include "app/config.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>
#include <toml++/toml.h>

#include "core/p256.hpp"
#include "core/text.hpp"
#include "db/conninfo.hpp"
#include "providers/sendgrid/event_signature.hpp"
#include "providers/smtp/smtp.hpp"

namespace doorstep {

using app::Listen;

std::optional<Fault> Field<Listen>::parse(std::string_view text, Listen& out) {
    Fault fault{"invalid", "must be HOST:PORT, such as 127.0.0.1:8080"};
    auto colon = text.rfind(':');
    if (colon == text.npos) return fault;
    auto host = text.substr(0, colon);
    auto port = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != host.npos) {
        return fault;
    }
    if (host.empty()) host = "0.0.0.0";
    if (host == "localhost") host = "127.0.0.1";
    boost::system::error_code ec;
    boost::asio::ip::make_address(host, ec);
    if (ec) return Fault{"invalid", "must name an IP address of this machine and a port, such as 127.0.0.1:8080"};
    unsigned short number = 0;
    auto [end, problem] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (problem != std::errc() || end != port.data() + port.size()) return fault;
    out.host = host;
    out.port = number;
    return std::nullopt;
}

std::optional<Fault> Field<app::MailDomain>::parse(std::string_view text, app::MailDomain& out) {
    Email any;
    if (Field<Email>::parse("any@" + std::string(text), any)) {
        return Fault{"invalid", "must be a domain like reply.example.com"};
    }
    out.value = any.value.substr(any.value.find('@') + 1);
    return std::nullopt;
}

std::optional<Fault> Field<app::MailServerAddress>::parse(std::string_view text, app::MailServerAddress& out) {
    out.value = text;
    if (!providers::is_smtp_url(out.value)) return Fault{"invalid", "must be of the form smtp://user:password@host:port"};
    return std::nullopt;
}

std::optional<Fault> Field<app::WebAddress>::parse(std::string_view text, app::WebAddress& out) {
    Fault fault{"invalid", "must be an http:// or https:// address without user, query and fragment"};
    auto rest = text;
    if (rest.starts_with("https://")) {
        rest.remove_prefix(8);
    } else if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
    } else {
        return fault;
    }
    if (rest.empty() || rest.front() == '/' || rest.find_first_of("@?# \\\"<>") != rest.npos) return fault;
    while (text.ends_with('/')) text.remove_suffix(1);
    out.value = text;
    return std::nullopt;
}

std::optional<Fault> Field<app::Issuer>::parse(std::string_view text, app::Issuer& out) {
    app::WebAddress address;
    if (auto fault = Field<app::WebAddress>::parse(text, address)) return fault;
    if (text.starts_with("http://")) {
        std::string authority(text.substr(7, text.find('/', 7) - 7));
        bool has_port = authority.find(':') != authority.npos && !authority.ends_with(']');
        if (!has_port) authority += ":80";
        app::Listen place;
        if (Field<app::Listen>::parse(authority, place) || !place.loopback())
            return Fault{"invalid", "must be https://; http:// is for this machine alone"};
    }
    out.value = text;
    return std::nullopt;
}

std::optional<Fault> Field<app::StoreAddress>::parse(std::string_view text, app::StoreAddress& out) {
    out.value = text;
    if (db::is_conninfo(out.value)) return std::nullopt;
    return Fault{"invalid", "must be of the form postgresql://user:password@host:port/database"};
}

std::optional<Fault> Field<app::VerificationKeys>::parse(std::string_view text, app::VerificationKeys& out) {
    auto keys = providers::split_verification_keys(text);
    if (keys.empty() || !std::ranges::all_of(keys, is_p256_key))
        return Fault{"invalid", "must be the public key that SendGrid shows of its signed event webhook; several by commas"};
    out.value = text;
    return std::nullopt;
}

std::optional<Fault> Field<app::Network>::parse(std::string_view text, app::Network& out) {
    boost::system::error_code ec;
    if (text.find('/') == text.npos) {
        boost::asio::ip::make_address(text, ec);
    } else if (text.find(':') != text.npos) {
        boost::asio::ip::make_network_v6(text, ec);
    } else {
        boost::asio::ip::make_network_v4(text, ec);
    }
    if (ec) return Fault{"invalid", "must be an address or a CIDR range, such as 10.0.0.0/8"};
    out.value = text;
    return std::nullopt;
}

} // namespace doorstep

namespace doorstep::app {

namespace {

std::string join(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : "; ") + line;
    return text;
}

std::string to_upper(std::string_view name) {
    std::string upper(name);
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    return upper;
}

const ConfigKey* find_key(std::string_view name) {
    auto found = std::ranges::find(config_keys(), name, &ConfigKey::name);
    return found == config_keys().end() ? nullptr : &*found;
}

/// What a source says about each key, with the words by which a mistake names the place.
struct Found {
    std::string value;
    std::string place;
};
using Values = std::map<std::string, Found>;

// Tables only group: [sendgrid] api_key and sendgrid_api_key are the same key.
void read_table(
    const toml::table& table, const std::string& prefix, const std::string& file, Values& values,
    std::vector<std::string>& mistakes
) {
    for (const auto& [name, node] : table) {
        auto key = prefix + to_upper(name.str());
        auto place = fmt::format("{} in {}", key, file);
        if (const auto* inner = node.as_table()) {
            read_table(*inner, key + "_", file, values, mistakes);
            continue;
        }
        if (!find_key(key)) {
            mistakes.push_back(place + " is not a key of this program");
            continue;
        }
        std::string value;
        if (const auto* list = node.as_array()) {
            for (const auto& item : *list) value += (value.empty() ? "" : ",") + item.value_or(std::string());
        } else if (auto text = node.value<std::string>(); node.is_string()) {
            value = *text;
        } else if (auto flag = node.as_boolean()) {
            value = flag->get() ? "true" : "false";
        } else if (auto integer = node.as_integer()) {
            value = std::to_string(integer->get());
        } else {
            mistakes.push_back(place + " must be a text, a whole number, true or false, or a list of texts");
            continue;
        }
        if (!value.empty()) values[key] = {value, place};
    }
}

void read_file(const std::string& file, Values& values, std::vector<std::string>& mistakes) {
    std::ifstream in(file);
    if (!in) {
        mistakes.push_back(fmt::format("the configuration file {} can't be read", file));
        return;
    }
    try {
        read_table(toml::parse(in, file), "", file, values, mistakes);
    } catch (const toml::parse_error& problem) {
        mistakes.push_back(fmt::format("{}, line {}: {}", file, problem.source().begin.line, problem.description()));
    }
}

std::optional<std::string> secret_file(const std::string& file, const std::string& place, std::vector<std::string>& mistakes) {
    std::ifstream in(file);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in || trim(text).empty()) {
        mistakes.push_back(fmt::format("{} names the file {}, which {}", place, file, in ? "is empty" : "can't be read"));
        return std::nullopt;
    }
    return std::string(trim(text));
}

void read_environment(
    const std::map<std::string, std::string>& environment, Values& values, std::vector<std::string>& mistakes
) {
    // Variables of our own scripts and tests, which processes that they start inherit.
    static const std::set<std::string_view> others{"DOORSTEP_BINARY", "DOORSTEP_CONTRACTS", "DOORSTEP_CONFIG"};
    for (const auto& [name, value] : environment) {
        if (value.empty()) continue;
        if (find_key(name)) {
            values[name] = {value, name};
            continue;
        }
        if (name.ends_with("_FILE")) {
            auto key = name.substr(0, name.size() - 5);
            if (const auto* info = find_key(key); info && info->secret) {
                if (auto direct = environment.find(key); direct != environment.end() && !direct->second.empty()) {
                    mistakes.push_back(fmt::format("{} and {} are both set; keep one", key, name));
                } else if (auto text = secret_file(value, name, mistakes)) {
                    values[key] = {*text, name};
                }
                continue;
            }
        }
        if (name.starts_with("DOORSTEP_") && !others.contains(name)) {
            mistakes.push_back(name + " is not a key of this program; see `doorstep serve --help`");
        }
    }
}

template <class T>
struct Target {
    using Type = T;
};
template <class T>
struct Target<std::optional<T>> {
    using Type = T;
};

template <class T>
std::optional<Fault> parse_value(std::string_view text, T& out) {
    if constexpr (std::is_same_v<T, bool>) {
        if (text == "on" || text == "yes" || text == "1") text = "true";
        if (text == "off" || text == "no" || text == "0") text = "false";
        if (Field<bool>::parse(text, out)) return Fault{"invalid", "must be on or off"};
        return std::nullopt;
    } else {
        return Field<T>::parse(text, out);
    }
}

} // namespace

bool Listen::loopback() const {
    boost::system::error_code ec;
    return boost::asio::ip::make_address(host, ec).is_loopback() && !ec;
}

std::string Listen::text() const {
    bool v6 = host.find(':') != host.npos;
    return fmt::format("{}{}{}:{}", v6 ? "[" : "", host, v6 ? "]" : "", port);
}

std::string Config::public_url() const {
    if (doorstep_public_url) return doorstep_public_url->value;
    auto shown = doorstep_listen;
    if (shown.host == "0.0.0.0" || shown.host == "::") shown.host = "127.0.0.1";
    return (doorstep_tls_certificate.empty() ? "http://" : "https://") + shown.text();
}

bool Config::any_provider_key() const {
    return !openai_api_key.empty() || !sendgrid_api_key.empty() || smtp_url || !mailgun_api_key.empty() ||
           !google_client_id.empty();
}

bool Config::sandbox() const {
    return doorstep_sandbox.value_or(!any_provider_key() && doorstep_listen.loopback());
}

ConfigError::ConfigError(std::vector<std::string> list) : runtime_error(join(list)), mistakes(std::move(list)) {}

std::map<std::string, std::string> process_environment() {
    std::map<std::string, std::string> variables;
    for (char** entry = environ; *entry; ++entry) {
        std::string_view text(*entry);
        auto equals = text.find('=');
        if (equals != text.npos) variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

Config read_config(const ConfigSources& sources) {
    Config config;
    Values values;
    std::vector<std::string> mistakes;
    if (!sources.file.empty()) read_file(sources.file, values, mistakes);
    read_environment(sources.environment, values, mistakes);
    for (const auto& [key, value] : sources.flags) {
        const auto* info = find_key(key);
        values[key] = {value, std::string(info ? info->flag : std::string_view(key))};
    }

    boost::mp11::mp_for_each<MembersOf<Config>>([&](auto d) {
        auto& member = config.*d.pointer;
        using Member = std::remove_cvref_t<decltype(member)>;
        typename Target<Member>::Type value{};
        auto key = to_upper(d.name);
        auto found = values.find(key);
        auto text = found == values.end() ? std::string(find_key(key)->default_value) : found->second.value;
        if (text.empty()) return;
        if (auto fault = parse_value(text, value)) {
            mistakes.push_back(fmt::format("{} {}", found == values.end() ? key : found->second.place, fault->message));
        } else {
            member = std::move(value);
        }
    });
    for (const auto& key : config_keys()) {
        if (key.later && values.contains(std::string(key.name))) config.unused_keys.emplace_back(key.name);
    }

    if (!config.doorstep_master_key.empty() && config.doorstep_master_key.size() < 32) {
        mistakes.push_back("DOORSTEP_MASTER_KEY must have 32 characters or more");
    }
    if (config.mailgun_api_key.empty() != config.mailgun_domain.empty())
        mistakes.push_back("MAILGUN_API_KEY and MAILGUN_DOMAIN go together; set both or none");
    if (config.google_client_id.empty() != config.google_client_secret.empty())
        mistakes.push_back("GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET go together; set both or none");
    if (config.doorstep_tls_certificate.empty() != config.doorstep_tls_key.empty()) {
        mistakes.push_back("DOORSTEP_TLS_CERTIFICATE and DOORSTEP_TLS_KEY go together; set both or none");
    }
    if (!mistakes.empty()) throw ConfigError(std::move(mistakes));
    return config;
}

} // namespace doorstep::app
