#include "app/config.hpp"

namespace doorstep::app {

namespace {

constexpr bool secret = true;
constexpr bool later = true;

// One row a key: also the text of --help and of docs/configuration.
constexpr ConfigKey keys[] = {
    {"DATABASE_URL", "--database-url", "", "PostgreSQL to use, as its owner; none: a private one under the data folder", secret
    },
    {"DOORSTEP_LISTEN", "--listen", "127.0.0.1:8080", "address and port to serve on"},
    {"DOORSTEP_DATA", "--data", "data", "folder of the private PostgreSQL, the master key and files"},
    {"DOORSTEP_PUBLIC_URL", "--public-url", "", "where people reach this server (links in e-mails); none: what it listens on"},
    {"DOORSTEP_MASTER_KEY", "", "", "seals secrets at rest, 32 characters or more; none: made under the data folder", secret},
    {"DOORSTEP_TRUSTED_PROXIES", "--trusted-proxies", "", "addresses and CIDR ranges whose X-Forwarded-For counts, by commas"},
    {"DOORSTEP_CORS_ORIGINS", "--cors-origins", "", "origins of other sites that may use the API, by commas"},
    {"DOORSTEP_SANDBOX", "--sandbox", "",
     "on or off: doubles of the providers that have no key; "
     "unset: on when no provider has a key and only this machine can connect"},
    {"DOORSTEP_THREADS", "--threads", "", "threads that serve; unset: one a core"},
    {"DOORSTEP_GEOIP_FILE", "", "",
     "file in MaxMind's format (GeoLite2 Country or City): a sign-in from a new country or an impossible distance asks for a "
     "code"},
    {"DOORSTEP_RATE_LIMIT", "--rate-limit", "200", "requests a second from one client address; 0: no limit"},
    {"DOORSTEP_TLS_CERTIFICATE", "", "", "PEM file with the certificate chain; with the key: serves https"},
    {"DOORSTEP_TLS_KEY", "", "", "PEM file with the certificate's private key"},
    {"DOORSTEP_WEB", "--web", "", "folder of the built web app, to serve instead of the one in this program"},
    {"LOG_LEVEL", "--log-level", "info", "debug, info, warn or error"},
    {"SCHEDULER_INTERVAL_MS", "", "60000", "how often due follow-ups are looked for"},
    {"OPENAI_API_KEY", "", "", "key for writing with AI; none: templates (or the sandbox) write", secret},
    {"OPENAI_BASE_URL", "", "https://api.openai.com", "OpenAI or a compatible server"},
    {"OPENAI_MODEL", "", "gpt-4o-mini", "model that writes"},
    {"OPENAI_MAX_TOKENS", "", "600", "longest answer of the model"},
    {"SENDGRID_API_KEY", "", "", "key for sending e-mail through SendGrid", secret},
    {"SENDGRID_BASE_URL", "", "https://api.sendgrid.com", "SendGrid or its European host"},
    {"SENDGRID_FROM_EMAIL", "", "", "sender of e-mails where an account has none of its own"},
    {"SENDGRID_FROM_NAME", "", "", "name of that sender"},
    {"SENDGRID_WEBHOOK_VERIFICATION_KEY", "", "", "public key of SendGrid's signed event webhook; several by commas", secret},
    {"SENDGRID_WEBHOOK_TOLERANCE_SECONDS", "", "600", "how far a webhook's time may be off"},
    {"SENDGRID_INBOUND_DOMAIN", "", "",
     "domain whose mail SendGrid's Inbound Parse posts to /webhook/sendgrid/inbound; none: answers go to the agent alone"},
    {"SMTP_URL", "", "", "smtp://user:password@host:port or smtps://…: sends e-mail where SendGrid has no key", secret},
    {"MAILGUN_API_KEY", "", "", "key for sending Doorstep's own letters through Mailgun; none: SendGrid or SMTP sends them",
     secret},
    {"MAILGUN_DOMAIN", "", "", "domain at Mailgun that sends them"},
    {"MAILGUN_BASE_URL", "", "https://api.mailgun.net", "Mailgun or its European host, without /v3"},
    {"MAILGUN_WEBHOOK_SIGNING_KEY", "", "", "key that signs Mailgun's webhooks; several by commas", secret},
    {"GOOGLE_CLIENT_ID", "", "", "OAuth client for signing in with Google and for connecting Google Calendar"},
    {"GOOGLE_CLIENT_SECRET", "", "", "that client's secret", secret},
    {"GOOGLE_ISSUER", "", "https://accounts.google.com", "OpenID Connect issuer, exactly as it names itself"},
    {"GOOGLE_CALENDAR_BASE_URL", "", "https://www.googleapis.com/calendar/v3", "Google Calendar, with its version"},
    {"S3_ENDPOINT", "", "", "keeps files in a bucket of S3 or what speaks like it; none: under the data folder"},
    {"S3_REGION", "", "us-east-1", "region of the bucket"},
    {"S3_BUCKET", "", "", "the bucket"},
    {"S3_ACCESS_KEY_ID", "", "", "key that may read, write and delete in the bucket"},
    {"S3_SECRET_ACCESS_KEY", "", "", "its secret", secret},

    {"REDIS_URL", "", "", "shared cache", secret, later},
    {"VERTEX_PROJECT", "", "", "Vertex AI", false, later},
    {"VERTEX_LOCATION", "", "", "Vertex AI", false, later},
    {"VERTEX_MODEL", "", "", "Vertex AI", false, later},
    {"VERTEX_CREDENTIALS_FILE", "", "", "Vertex AI", false, later},
    {"VERTEX_BASE_URL", "", "", "Vertex AI", false, later},
    {"WA_TOKEN", "", "", "WhatsApp", secret, later},
    {"WA_PHONE_NUMBER_ID", "", "", "WhatsApp", false, later},
    {"WA_VERIFY_TOKEN", "", "", "WhatsApp", secret, later},
    {"WA_APP_SECRET", "", "", "WhatsApp", secret, later},
    {"WA_BASE_URL", "", "", "WhatsApp", false, later},
    {"TWILIO_ACCOUNT_SID", "", "", "Twilio", false, later},
    {"TWILIO_AUTH_TOKEN", "", "", "Twilio", secret, later},
    {"TWILIO_PHONE_NUMBER", "", "", "Twilio", false, later},
    {"TWILIO_BASE_URL", "", "", "Twilio", false, later},
    {"GOOGLE_BUSINESS_BASE_URL", "", "", "Google", false, later},
    {"GOOGLE_PLACES_API_KEY", "", "", "Google", secret, later},
    {"GOOGLE_PLACES_BASE_URL", "", "", "Google", false, later},
    {"SIMPLYRETS_USERNAME", "", "", "SimplyRETS", false, later},
    {"SIMPLYRETS_PASSWORD", "", "", "SimplyRETS", secret, later},
    {"SIMPLYRETS_BASE_URL", "", "", "SimplyRETS", false, later},
    {"CTM_ACCOUNT_ID", "", "", "CallTrackingMetrics", false, later},
    {"CTM_ACCESS_KEY", "", "", "CallTrackingMetrics", secret, later},
    {"CTM_SECRET_KEY", "", "", "CallTrackingMetrics", secret, later},
    {"CTM_BASE_URL", "", "", "CallTrackingMetrics", false, later},
    {"MONDAY_API_TOKEN", "", "", "monday.com", secret, later},
    {"MONDAY_SIGNING_SECRET", "", "", "monday.com", secret, later},
    {"MONDAY_BASE_URL", "", "", "monday.com", false, later},
};

} // namespace

std::span<const ConfigKey> config_keys() {
    return keys;
}

std::string config_help() {
    std::string text =
        "Configuration, flag over environment over file (--config, TOML, the same names in small letters) over default.\n"
        "A key marked * may also come from the file that <KEY>_FILE names.\n";
    std::string to_come;
    for (const auto& key : keys) {
        if (key.later) {
            to_come += ' ';
            to_come += key.name;
            continue;
        }
        text += "  ";
        text += key.name;
        if (key.secret) text += '*';
        if (!key.flag.empty()) text += " (" + std::string(key.flag) + ")";
        text += "\n      ";
        text += key.meaning;
        if (!key.default_value.empty()) text += " [" + std::string(key.default_value) + "]";
        text += '\n';
    }
    return text + "Accepted, for parts that are still to come:" + to_come + "\n";
}

} // namespace doorstep::app
