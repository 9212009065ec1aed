#include "app/config.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "core/crypto.hpp"
#include "test/support/test_folder.hpp"

using namespace doorstep;

namespace {

std::vector<std::string> mistakes_of(const app::ConfigSources& sources) {
    try {
        app::read_config(sources);
        return {};
    } catch (const app::ConfigError& error) {
        return error.mistakes;
    }
}

bool any_names(const std::vector<std::string>& mistakes, std::string_view text) {
    return std::ranges::any_of(mistakes, [&](const std::string& mistake) { return mistake.find(text) != mistake.npos; });
}

} // namespace

TEST_CASE("configuration: without any, a loopback address and the sandbox") {
    auto config = app::read_config({});
    CHECK(config.doorstep_listen.text() == "127.0.0.1:8080");
    CHECK(config.public_url() == "http://127.0.0.1:8080");
    CHECK(config.sandbox());
}

TEST_CASE("configuration: a flag prevails over the environment, that over the file, and tables only group") {
    test::TestFolder folder;
    auto file = folder.path() / "doorstep.toml";
    std::ofstream(file) << "log_level = 'debug'\nscheduler_interval_ms = 500\n[doorstep]\nlisten = '127.0.0.1:1000'\n"
                           "trusted_proxies = ['10.0.0.0/8', '::1']\n[sendgrid]\napi_key = 'SG.file'\n";
    app::ConfigSources sources{
        .flags = {{"DOORSTEP_LISTEN", "127.0.0.1:3000"}},
        .environment = {{"DOORSTEP_LISTEN", "127.0.0.1:2000"}, {"LOG_LEVEL", "warn"}, {"HOME", "/nowhere"}},
        .file = file.string()
    };
    auto config = app::read_config(sources);
    CHECK(config.doorstep_listen.port == 3000);
    CHECK(config.sendgrid_api_key == "SG.file");
    CHECK(config.doorstep_trusted_proxies.items.size() == 2);
    CHECK(config.scheduler_interval_ms == 500);
    CHECK_FALSE(config.sandbox()); // a provider has a key
}

TEST_CASE("configuration: every mistake is told at once, by its place") {
    test::TestFolder folder;
    auto file = folder.path() / "doorstep.toml";
    std::ofstream(file) << "colour = 'red'\n[openai]\nmax_tokens = 3.5\n";
    auto mistakes = mistakes_of({
        .flags = {{"DOORSTEP_LISTEN", "here"}},
        .environment =
            {{"SMTP_URL", "mail.example.com"},
             {"DOORSTEP_SANDBOX", "perhaps"},
             {"DOORSTEP_MASTER_KEY", "short"},
             {"DOORSTEP_TYPO", "1"},
             {"SENDGRID_FROM_EMAIL", "nobody"},
             {"SENDGRID_INBOUND_DOMAIN", "no domain"},
             {"OPENAI_BASE_URL", "https://user@example.com"},
             {"GOOGLE_CLIENT_ID", "one"},
             {"GOOGLE_ISSUER", "http://evil.example"},
             {"DATABASE_URL", "garbage"},
             {"SENDGRID_WEBHOOK_VERIFICATION_KEY", "zz"},
             {"MAILGUN_DOMAIN", "mg.example.com"},
             {"DOORSTEP_TLS_KEY", "key.pem"},
             {"SENDGRID_API_KEY_FILE", (folder.path() / "missing").string()}},
        .file = file.string(),
    });
    for (auto place :
         {"COLOUR in ", "OPENAI_MAX_TOKENS in ", "--listen", "SMTP_URL", "DOORSTEP_SANDBOX", "DOORSTEP_MASTER_KEY",
          "DOORSTEP_TYPO", "SENDGRID_FROM_EMAIL", "SENDGRID_INBOUND_DOMAIN", "OPENAI_BASE_URL", "GOOGLE_CLIENT_SECRET",
          "MAILGUN_API_KEY", "DOORSTEP_TLS_CERTIFICATE", "SENDGRID_API_KEY_FILE", "GOOGLE_ISSUER", "DATABASE_URL",
          "SENDGRID_WEBHOOK_VERIFICATION_KEY"}) {
        CAPTURE(place);
        CHECK(any_names(mistakes, place));
    }
    CHECK(mistakes.size() == 17);
    CHECK_FALSE(any_names(mistakes, "short")); // no secret is told
    CHECK_FALSE(any_names(mistakes, "garbage"));
}

TEST_CASE("configuration: a secret may lie in a file, but not in two places") {
    test::TestFolder folder;
    auto file = folder.path() / "key";
    std::ofstream(file) << "SG.secret\n";
    CHECK(app::read_config({.environment = {{"SENDGRID_API_KEY_FILE", file.string()}}}).sendgrid_api_key == "SG.secret");
    auto twice = mistakes_of({.environment = {{"SENDGRID_API_KEY_FILE", file.string()}, {"SENDGRID_API_KEY", "SG.other"}}});
    REQUIRE(twice.size() == 1);
    CHECK(twice[0].find("SENDGRID_API_KEY and SENDGRID_API_KEY_FILE are both set") == 0);
    std::ofstream(folder.path() / "empty").close();
    CHECK(mistakes_of({.environment = {{"SENDGRID_API_KEY_FILE", (folder.path() / "empty").string()}}}).size() == 1);
}

TEST_CASE("configuration: an issuer by http is on this machine; keys and the store's address are read at the start") {
    for (auto good :
         {"https://accounts.google.com", "http://127.0.0.1:9000/google/", "http://localhost/x", "http://[::1]:80",
          "http://[::1]"}) {
        CAPTURE(good);
        CHECK(app::read_config({.environment = {{"GOOGLE_ISSUER", good}}}).google_issuer.value == good);
    }
    for (auto bad : {"http://10.0.0.1", "http://127.0.0.1.evil.example", "http://127.0.0.1@evil.example", "ftp://localhost"}) {
        CAPTURE(bad);
        CHECK(mistakes_of({.environment = {{"GOOGLE_ISSUER", bad}}}).size() == 1);
    }
    auto key = make_p256_key().public_key;
    CHECK(mistakes_of({.environment = {{"SENDGRID_WEBHOOK_VERIFICATION_KEY", key + "," + key}}}).empty());
    CHECK(mistakes_of({.environment = {{"SENDGRID_WEBHOOK_VERIFICATION_KEY", key + ",zz"}}}).size() == 1);
    for (auto good : {"postgresql://ana:x@db.example.com:5432/doorstep?sslmode=require", "host=/tmp dbname=doorstep"}) {
        CAPTURE(good);
        CHECK(mistakes_of({.environment = {{"DATABASE_URL", good}}}).empty());
    }
}

TEST_CASE("configuration: a mail server's address") {
    for (auto good :
         {"smtp://mail.example.com", "smtp://127.0.0.1:25", "smtps://user:p%40ss@mail.example.com:465", "smtp://[::1]:2525"}) {
        CAPTURE(good);
        CHECK(mistakes_of({.environment = {{"SMTP_URL", good}}}).empty());
    }
    for (auto bad :
         {"mail.example.com:25", "http://mail.example.com", "smtp://", "smtp://mail.example.com:port", "smtp://a b"}) {
        CAPTURE(bad);
        CHECK(mistakes_of({.environment = {{"SMTP_URL", bad}}}).size() == 1);
    }
}
