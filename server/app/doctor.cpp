#include "app/doctor.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <filesystem>

#include "app/master_key.hpp"
#include "app/providers.hpp"
#include "app/run_on.hpp"
#include "app/store.hpp"
#include "db/blocking.hpp"
#include "db/migrate.hpp"
#include "db/postgres_tools.hpp"
#include "providers/weasyprint/weasyprint.hpp"

namespace doorstep::app {

namespace fs = std::filesystem;

namespace {

using Grade = Finding::Grade;

class Doctor {
public:
    explicit Doctor(const Config& config) : config_(config) {}

    std::vector<Finding> examine() {
        look_at_data();
        look_at_address();
        look_at_providers();
        look_at_store();
        return std::move(findings_);
    }

private:
    void say(Grade grade, std::string about, std::string words) {
        findings_.push_back({grade, std::move(about), std::move(words)});
    }

    void look_at_data() {
        const auto& data = config_.doorstep_data;
        std::error_code ec;
        if (!fs::exists(data, ec)) {
            say(Grade::note, "data folder", fmt::format("{} does not exist yet; `doorstep serve` makes it", data));
            return;
        }
        if (::access(data.c_str(), W_OK | X_OK) != 0) {
            say(Grade::bad, "data folder", fmt::format("{} can't be written by this user; choose another with --data", data));
            return;
        }
        auto space = fs::space(data, ec);
        if (!ec && space.available < (std::uintmax_t(1) << 30)) {
            say(Grade::bad, "data folder",
                fmt::format("only {} MB are free on the disk of {}; make room", space.available >> 20, data));
        } else {
            say(Grade::good, "data folder", data);
        }
        look_at_key();
    }

    void look_at_key() {
        auto file = master_key_file(config_);
        if (config_.doorstep_master_key.empty() && !fs::exists(file)) {
            say(Grade::note, "master key", fmt::format("none yet; `doorstep serve` makes {}", file));
            return;
        }
        try {
            master_key(config_);
            say(Grade::good, "master key",
                config_.doorstep_master_key.empty() ? file + "; keep a copy elsewhere" : "from the configuration");
        } catch (const std::exception& problem) {
            say(Grade::bad, "master key", problem.what());
        }
    }

    void look_at_address() {
        const auto& listen = config_.doorstep_listen;
        boost::asio::io_context io;
        boost::asio::ip::tcp::acceptor acceptor(io);
        boost::asio::ip::tcp::endpoint endpoint(boost::asio::ip::make_address(listen.host), listen.port);
        boost::system::error_code ec;
        acceptor.open(endpoint.protocol(), ec);
        if (!ec) acceptor.set_option(boost::asio::socket_base::reuse_address(true), ec);
        if (!ec) acceptor.bind(endpoint, ec);
        if (ec == boost::asio::error::address_in_use) {
            say(Grade::note, "address",
                fmt::format("{} is in use: by a running Doorstep, or choose another with --listen", listen.text()));
        } else if (ec) {
            say(Grade::bad, "address",
                fmt::format("can't listen on {}: {}; choose another with --listen", listen.text(), ec.message()));
        } else {
            say(Grade::good, "address", listen.text());
        }
        if (!listen.loopback() && !config_.doorstep_public_url) {
            say(Grade::bad, "public URL",
                "others can connect, but links in e-mails would lead to this machine; set DOORSTEP_PUBLIC_URL");
        } else if (!listen.loopback() && config_.public_url().starts_with("http://")) {
            say(Grade::note, "public URL",
                "not https: put a proxy with a certificate in front, or set DOORSTEP_TLS_CERTIFICATE");
        }
    }

    void look_at_providers() {
        bool sandbox = config_.sandbox();
        if (sandbox)
            say(Grade::note, "sandbox", "on: doubles play the providers that have no key, and nothing reaches anybody");
        if (!config_.openai_api_key.empty()) {
            say(Grade::good, "AI", fmt::format("{} at {}", config_.openai_model, config_.openai_base_url.value));
        } else {
            say(Grade::note, "AI",
                sandbox ? "played by the sandbox" : "no key: e-mails are written from templates; set OPENAI_API_KEY");
        }
        if (!config_.sendgrid_api_key.empty()) {
            say(Grade::good, "e-mail", "SendGrid at " + config_.sendgrid_base_url.value);
        } else if (config_.smtp_url) {
            say(Grade::good, "e-mail", "SMTP");
        } else if (!config_.mailgun_api_key.empty()) {
            say(Grade::note, "e-mail",
                "Mailgun carries Doorstep's own letters only; set SENDGRID_API_KEY or SMTP_URL for e-mails to clients");
        } else if (sandbox) {
            say(Grade::note, "e-mail", "played by the sandbox");
        } else {
            say(Grade::bad, "e-mail", "no provider: e-mails stay queued; set SENDGRID_API_KEY or SMTP_URL");
        }
        bool sends = !config_.sendgrid_api_key.empty() || config_.smtp_url;
        if (sends && !config_.sendgrid_from_email)
            say(Grade::bad, "e-mail", "no sender: set SENDGRID_FROM_EMAIL to an address you own");
        if (!config_.sendgrid_api_key.empty() && config_.sendgrid_webhook_verification_key.value.empty()) {
            say(Grade::bad, "e-mail events", "opens, clicks and bounces are refused: set SENDGRID_WEBHOOK_VERIFICATION_KEY");
        }
        if (!config_.mailgun_api_key.empty()) {
            say(Grade::good, "letters", "Mailgun at " + config_.mailgun_base_url.value);
            if (config_.mailgun_webhook_signing_key.empty())
                say(Grade::bad, "letters", "what becomes of them is refused: set MAILGUN_WEBHOOK_SIGNING_KEY");
        }
        if (!config_.google_client_id.empty()) {
            say(Grade::good, "Google",
                fmt::format(
                    "signs people in by {}, calendars at {}", config_.google_issuer.value,
                    config_.google_calendar_base_url.value
                ));
        } else if (!sandbox) {
            say(Grade::note, "Google",
                "nobody can sign in with Google or connect a calendar; set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET");
        }
        look_at_places();
        look_at_pdf();
        for (const auto& key : config_.unused_keys)
            say(Grade::note, key, "is set, but what it configures is not in this version");
    }

    void look_at_places() {
        const auto& file = config_.doorstep_geoip_file;
        if (file.empty()) {
            say(Grade::note, "places", "no countries of addresses: only new networks are noticed; set DOORSTEP_GEOIP_FILE");
            return;
        }
        try {
            open_places(config_);
            say(Grade::good, "places", file);
        } catch (const std::exception& problem) {
            say(Grade::bad, "places", problem.what());
        }
    }

    void look_at_pdf() {
        boost::asio::io_context io;
        auto renderer = providers::make_weasyprint({.workers = 1});
        auto made = run_on(io, renderer->render("<p>Aa</p>"));
        if (made)
            say(Grade::good, "PDF", "made by WeasyPrint");
        else if (made.error() == exports::PdfFault::missing)
            say(Grade::note, "PDF", "summaries can't be downloaded: run `apt install weasyprint`");
        else
            say(Grade::bad, "PDF", "WeasyPrint is there but made nothing in time; look at what else this machine does");
    }

    void look_at_store() {
        if (config_.database_url.value.empty()) {
            auto installed = db::find_postgres();
            if (!installed) {
                say(Grade::bad, "PostgreSQL",
                    "not installed: run `apt install postgresql`, or set DATABASE_URL to one elsewhere");
                return;
            }
            say(Grade::good, "PostgreSQL", fmt::format("{} in {}", installed->major, installed->bin.string()));
            if (!fs::exists(fs::path(config_.doorstep_data) / "postgres")) {
                say(Grade::note, "store", "none yet; `doorstep serve` makes it");
                return;
            }
        }
        try {
            Store store(config_, SchemaCare::leave);
            db::BlockingConnection connection(store.owner_conninfo());
            say(Grade::good, "store", "PostgreSQL " + connection.value("show server_version"));
            look_at_schema(store, connection);
        } catch (const std::exception& problem) {
            say(Grade::bad, "store", problem.what());
        }
    }

    void look_at_schema(Store& store, db::BlockingConnection& connection) {
        int here = 0;
        for (const auto& step : db::migration_status(store.owner_conninfo())) {
            if (!step.applied_at.empty()) here = step.version;
        }
        if (here < binary_schema_version()) {
            say(Grade::note, "schema",
                fmt::format("{} of {}; `doorstep serve` or `doorstep migrate up` brings it up", here, binary_schema_version()));
            return;
        }
        db::require_current_schema(store.owner_conninfo());
        db::assert_powerless(store.options().conninfo, store.options().role);
        say(Grade::good, "schema", fmt::format("{}, served by a powerless role", here));
        auto offset = std::stoll(connection.value("select offset_us from app.clock")) / 1'000'000;
        if (offset != 0) say(Grade::note, "clock", fmt::format("moved by {} seconds, as the sandbox was told", offset));
        look_at_audit(connection);
        if (connection.value("show fsync") != "on")
            say(Grade::bad, "durability", "fsync is off: a power cut loses data; set fsync = on");
        auto dead = connection.value("select count(*) from app.jobs where state = 'dead'");
        if (dead != "0") say(Grade::note, "jobs", dead + " gave up; look at them in the console under Settings, Failed work");
    }

    void look_at_audit(db::BlockingConnection& connection) {
        connection.exec("set app.everyone = 'on'");
        auto broken = connection.query(
            "select account_id, min(seq) from app.audit_checks where broken group by account_id order by account_id"
        );
        for (const auto& row : broken)
            say(Grade::bad, "security log",
                fmt::format("account {}: entry {} is not what was written; compare with a backup", *row[0], *row[1]));
        if (broken.empty()) say(Grade::good, "security log", "every chain is whole");
    }

    const Config& config_;
    std::vector<Finding> findings_;
};

} // namespace

std::vector<Finding> examine(const Config& config) {
    return Doctor(config).examine();
}

} // namespace doorstep::app
