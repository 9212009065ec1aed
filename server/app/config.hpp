#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/log.hpp"

namespace doorstep::app {

/// "127.0.0.1:8080", "[::1]:8080", ":8080" (every address).
struct Listen {
    std::string host = "127.0.0.1";
    unsigned short port = 8080;

    bool loopback() const;
    std::string text() const;
};

/// An origin or base URL: http or https with a host, without user, query, fragment and final slash.
struct WebAddress {
    std::string value;
};

/// Of an OpenID provider, as it names itself: https, or http on this machine.
struct Issuer {
    std::string value;
};

/// Of a PostgreSQL server: postgresql://… or "host=… dbname=…"; empty: the private one.
struct StoreAddress {
    std::string value;
};

/// Public keys of SendGrid's webhooks, by commas.
struct VerificationKeys {
    std::string value;
};

/// A domain that gets mail: "reply.example.com".
struct MailDomain {
    std::string value;
};

/// smtp://user:password@host:port, or smtps://…
struct MailServerAddress {
    std::string value;
};

/// Items between commas.
template <class T>
struct Several {
    std::vector<T> items;
};

/// An address or a CIDR range.
struct Network {
    std::string value;
};

enum class LogLevel { debug, info, warn, error };
BOOST_DESCRIBE_ENUM(LogLevel, debug, info, warn, error)

/// What an operator decides. A member's name in capitals is its key in the environment, in small letters in the TOML file; what
/// it means and its default stand in config_keys(). An empty text is an unset key.
struct Config {
    StoreAddress database_url;
    Listen doorstep_listen;
    std::string doorstep_data;
    std::optional<WebAddress> doorstep_public_url;
    std::string doorstep_master_key;
    Several<Network> doorstep_trusted_proxies;
    Several<WebAddress> doorstep_cors_origins;
    std::optional<bool> doorstep_sandbox;
    std::optional<Int<1, 256>> doorstep_threads;
    std::string doorstep_geoip_file;
    Int<0, 1'000'000> doorstep_rate_limit;
    std::string doorstep_tls_certificate;
    std::string doorstep_tls_key;
    std::string doorstep_web;
    LogLevel log_level = LogLevel::info;
    Int<100, 86'400'000> scheduler_interval_ms;
    std::string openai_api_key;
    WebAddress openai_base_url;
    std::string openai_model;
    Int<16, 32'000> openai_max_tokens;
    std::string sendgrid_api_key;
    WebAddress sendgrid_base_url;
    std::optional<Email> sendgrid_from_email;
    std::string sendgrid_from_name;
    VerificationKeys sendgrid_webhook_verification_key;
    Int<1, 86'400> sendgrid_webhook_tolerance_seconds;
    std::optional<MailDomain> sendgrid_inbound_domain;
    std::optional<MailServerAddress> smtp_url;
    std::string mailgun_api_key;
    std::string mailgun_domain;
    WebAddress mailgun_base_url;
    std::string mailgun_webhook_signing_key;
    std::string google_client_id;
    std::string google_client_secret;
    Issuer google_issuer; ///< exactly as it names itself, a final slash included
    WebAddress google_calendar_base_url;
    std::optional<WebAddress> s3_endpoint;
    std::string s3_region;
    std::string s3_bucket;
    std::string s3_access_key_id;
    std::string s3_secret_access_key;
    BOOST_DESCRIBE_CLASS(
        Config, (),
        (database_url, doorstep_listen, doorstep_data, doorstep_public_url, doorstep_master_key, doorstep_trusted_proxies,
         doorstep_cors_origins, doorstep_sandbox, doorstep_threads, doorstep_geoip_file, doorstep_rate_limit,
         doorstep_tls_certificate, doorstep_tls_key, doorstep_web, log_level, scheduler_interval_ms, openai_api_key,
         openai_base_url, openai_model, openai_max_tokens, sendgrid_api_key, sendgrid_base_url, sendgrid_from_email,
         sendgrid_from_name, sendgrid_webhook_verification_key, sendgrid_webhook_tolerance_seconds, sendgrid_inbound_domain,
         smtp_url, mailgun_api_key, mailgun_domain, mailgun_base_url, mailgun_webhook_signing_key, google_client_id,
         google_client_secret, google_issuer, google_calendar_base_url, s3_endpoint, s3_region, s3_bucket, s3_access_key_id,
         s3_secret_access_key),
        (), ()
    )

    /// Keys that are set but belong to providers that this version does not have yet.
    std::vector<std::string> unused_keys;

    /// Where people reach this server: the public URL, or what it listens on.
    std::string public_url() const;
    bool any_provider_key() const;
    /// Said outright, or no provider has a key and only this machine can reach us.
    bool sandbox() const;
};

struct ConfigKey {
    std::string_view name; ///< "DOORSTEP_LISTEN"
    std::string_view flag; ///< "--listen", empty: none
    std::string_view default_value;
    std::string_view meaning;
    bool secret = false; ///< may also come from the file that <KEY>_FILE names, and is never shown
    bool later = false;  ///< accepted, for a part that is still to come
};

std::span<const ConfigKey> config_keys();
/// The table for --help.
std::string config_help();

/// Everything that is wrong with a configuration, one line a mistake.
class ConfigError : public std::runtime_error {
public:
    explicit ConfigError(std::vector<std::string> mistakes);
    std::vector<std::string> mistakes;
};

struct ConfigSources {
    std::map<std::string, std::string> flags;       ///< by key name
    std::map<std::string, std::string> environment; ///< all of it
    std::string file;                               ///< TOML; empty: none
};

std::map<std::string, std::string> process_environment();
/// Flag over environment over file over default. Throws ConfigError with every mistake.
Config read_config(const ConfigSources& sources);

} // namespace doorstep::app

namespace doorstep {

template <>
struct Field<app::Listen> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::Listen& out);
    static void append(std::string& out, const app::Listen& value) { out += value.text(); }
};

template <>
struct Field<app::MailDomain> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::MailDomain& out);
    static std::string_view view(const app::MailDomain& value) { return value.value; }
    static std::string schema() { return R"({"type":"string","format":"hostname"})"; }
};

template <>
struct Field<app::MailServerAddress> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::MailServerAddress& out);
    static std::string_view view(const app::MailServerAddress& value) { return value.value; }
    static std::string schema() { return R"({"type":"string","format":"uri"})"; }
};

template <>
struct Field<app::WebAddress> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::WebAddress& out);
    static std::string_view view(const app::WebAddress& value) { return value.value; }
};

template <>
struct Field<app::Issuer> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::Issuer& out);
    static std::string_view view(const app::Issuer& value) { return value.value; }
};

template <>
struct Field<app::StoreAddress> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::StoreAddress& out);
    static std::string_view view(const app::StoreAddress& value) { return value.value; }
};

template <>
struct Field<app::VerificationKeys> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::VerificationKeys& out);
    static std::string_view view(const app::VerificationKeys& value) { return value.value; }
};

template <>
struct Field<app::Network> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::Network& out);
    static std::string_view view(const app::Network& value) { return value.value; }
};

template <class T>
struct Field<app::Several<T>> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, app::Several<T>& out) {
        while (!text.empty()) {
            auto comma = std::min(text.find(','), text.size());
            auto item = text.substr(0, comma);
            text.remove_prefix(std::min(comma + 1, text.size()));
            while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
            while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
            if (item.empty()) continue;
            if (auto fault = Field<T>::parse(item, out.items.emplace_back())) {
                fault->message = "has an item that " + fault->message;
                return fault;
            }
        }
        return std::nullopt;
    }
    static void append(std::string& out, const app::Several<T>& value) {
        for (const auto& item : value.items) {
            if (&item != &value.items.front()) out += ',';
            append_text(out, item);
        }
    }
};

} // namespace doorstep
