#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/commands.hpp"
#include "app/workbench.hpp"
#include "core/text.hpp"

namespace doorstep::app {

namespace {

struct AccountFlags {
    std::string name;
    std::string kind = "business";
    std::string parent;
    std::string owner_email;
    std::string owner_name;
    std::string zone;
    std::string password_file;
};

struct ExportFlags {
    std::string account;
    std::string file;
};

struct KeyFlags {
    std::string account;
    std::string user;
    std::string name = "command line";
    std::vector<std::string> scopes;
};

struct MadeAccount {
    Id<accounts::Account> account_id;
    Id<accounts::User> user_id;
    std::string agent_code;
    std::string api_key;
    BOOST_DESCRIBE_CLASS(MadeAccount, (), (account_id, user_id, agent_code, api_key), (), ())
};

struct MadeKey {
    std::string api_key;
    BOOST_DESCRIBE_CLASS(MadeKey, (), (api_key), (), ())
};

template <class T>
T read_flag(std::string_view flag, std::string_view text) {
    T value{};
    if (auto fault = Field<T>::parse(text, value)) throw std::runtime_error(fmt::format("{} {}", flag, fault->message));
    return value;
}

std::string read_password(const std::string& file) {
    std::string text;
    if (!file.empty()) {
        std::ifstream in(file);
        text.assign(std::istreambuf_iterator<char>(in), {});
        if (!in && text.empty()) throw std::runtime_error(fmt::format("the password file {} can't be read", file));
    } else {
        if (::isatty(STDIN_FILENO)) fmt::print(stderr, "Password of the owner: ");
        std::getline(std::cin, text);
    }
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    if (utf8_length(text) < 12) {
        throw std::runtime_error(
            "the owner's password must have 12 characters or more; give it with --password-file or on standard input"
        );
    }
    return text;
}

Task<MadeAccount> make_account(Workbench& bench, accounts::NewAccount input) {
    auto hash = co_await bench.modules.identity.hash_new_password(
        "owner_password", input.owner_password.value, input.owner_email.value, input.owner_name.value
    );
    auto ctx = bench.context();
    auto body = [&](db::Session& tx) -> Task<accounts::Opened> {
        auto inner = ctx;
        inner.outer = &tx;
        auto opened = co_await bench.modules.accounts.open(inner, input, hash);
        if (input.parent_id) {
            inner.account_id = input.parent_id->value;
            co_await bench.modules.onboarding.adopt(tx, inner, opened.account_id, input.owner_email, input.name);
        }
        co_return opened;
    };
    auto opened = co_await bench.db.transaction(ctx, body);
    if (opened.owner_has_password) {
        fmt::print(
            stderr, "{} signs in already and keeps that password; the one given was not used\n", input.owner_email.value
        );
    }

    ctx.all_accounts = false;
    ctx.account_id = opened.account_id.value;
    identity::NewApiKey key_input{.name = {"command line"}, .scopes = {{"*"}}};
    auto key = co_await bench.modules.identity.make_api_key(ctx, key_input, opened.user_id);
    co_return MadeAccount{opened.account_id, opened.user_id, opened.agent_code, key.api_key};
}

// A command has no form to put field errors beside: they make up the one line.
template <class Work>
auto told_in_one_line(Work work) {
    try {
        return work();
    } catch (const Error& problem) {
        std::string line = problem.detail;
        for (const auto& field : problem.fields) line += fmt::format(" {} {}.", field.field, field.message);
        throw std::runtime_error(line);
    }
}

void create_account(const Config& config, const AccountFlags& flags) {
    accounts::NewAccount input;
    input.name = read_flag<Line<1, 100>>("--name", flags.name);
    input.kind = read_flag<accounts::Kind>("--kind", flags.kind);
    if (!flags.parent.empty() && input.kind == accounts::Kind::agency)
        throw std::runtime_error("--parent is for a business: an agency belongs to nobody");
    if (!flags.parent.empty()) input.parent_id = read_flag<Id<accounts::Account>>("--parent", flags.parent);
    input.owner_email = read_flag<Email>("--owner-email", flags.owner_email);
    auto owner_name = flags.owner_name.empty() ? flags.owner_email.substr(0, flags.owner_email.find('@')) : flags.owner_name;
    input.owner_name = read_flag<Line<1, 100>>("--owner-name", owner_name);
    if (!flags.zone.empty()) input.zone = read_flag<Zone>("--zone", flags.zone);
    input.owner_password.value = read_password(flags.password_file);

    Workbench bench(config);
    auto made = told_in_one_line([&] { return bench.run(make_account(bench, input)); });
    fmt::print("{}\n", to_json(made));
}

void create_key(const Config& config, const KeyFlags& flags) {
    auto account = read_flag<Id<accounts::Account>>("--account", flags.account);
    auto user = read_flag<Id<accounts::User>>("--user", flags.user);
    identity::NewApiKey input;
    input.name = read_flag<Line<1, 100>>("--name", flags.name);
    for (const auto& scope : flags.scopes) input.scopes.push_back({scope});
    if (input.scopes.empty()) input.scopes.push_back({"*"});

    Workbench bench(config);
    auto ctx = bench.context();
    ctx.all_accounts = false;
    ctx.account_id = account.value;
    auto made = told_in_one_line([&] { return bench.run(bench.modules.identity.make_api_key(ctx, input, user)); });
    fmt::print("{}\n", to_json(MadeKey{made.api_key}));
}

/// A file as the end of a stream.
class FileStream final : public http::Stream {
public:
    explicit FileStream(const std::string& path) : out_(path, std::ios::binary | std::ios::trunc) {
        if (!out_) throw std::runtime_error("cannot write " + path);
        std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    Task<> send(std::string_view bytes) override {
        if (!out_.write(bytes.data(), std::streamsize(bytes.size()))) throw std::runtime_error("the disk is full or gone");
        co_return;
    }
    bool open() const override { return true; }

private:
    std::ofstream out_;
};

Task<> write_account(Workbench& bench, Id<accounts::Account> account, const std::string& path) {
    auto ctx = bench.context();
    ctx.all_accounts = false;
    ctx.account_id = account.value;
    co_await bench.modules.accounts.require_account(ctx, account);
    auto response = co_await bench.modules.exports.account(ctx);
    FileStream file(path);
    co_await response.stream(file);
}

void export_account(const Config& config, const ExportFlags& flags) {
    auto account = read_flag<Id<accounts::Account>>("ID", flags.account);
    Workbench bench(config);
    told_in_one_line([&] { bench.run(write_account(bench, account, flags.file)); });
}

} // namespace

void add_account_commands(CommandLine& line) {
    static AccountFlags account_flags;
    static KeyFlags key_flags;
    static ExportFlags export_flags;

    auto* account = line.app.add_subcommand("account", "accounts: agencies and businesses");
    account->require_subcommand(1);
    auto* create = account->add_subcommand(
        "create",
        "makes an account whose owner can sign in; prints JSON with an API key. The password comes from --password-file or "
        "standard input"
    );
    line.add_config_flags(*create);
    create->add_option("--name", account_flags.name, "the account's name")->required();
    create->add_option("--kind", account_flags.kind, "business or agency");
    create->add_option("--parent", account_flags.parent, "id of the agency it belongs to");
    create->add_option("--owner-email", account_flags.owner_email, "the owner's e-mail address, to sign in with")->required();
    create->add_option("--owner-name", account_flags.owner_name, "the owner's name");
    create->add_option("--zone", account_flags.zone, "time zone, such as America/New_York");
    create->add_option("--password-file", account_flags.password_file, "file with the owner's password");
    create->callback([&line] { line.run = [&line] { create_account(line.config(), account_flags); }; });
    auto* out = account->add_subcommand("export", "writes everything of an account, as JSON lines in a tar.gz archive");
    line.add_config_flags(*out);
    out->add_option("ID", export_flags.account, "the account's id")->required();
    out->add_option("FILE", export_flags.file, "where to")->required();
    out->callback([&line] { line.run = [&line] { export_account(line.config(), export_flags); }; });

    auto* key = line.app.add_subcommand("api-key", "API keys");
    key->require_subcommand(1);
    auto* create_api_key = key->add_subcommand("create", "makes a key that acts for a member of an account; prints JSON");
    line.add_config_flags(*create_api_key);
    create_api_key->add_option("--account", key_flags.account, "the account's id")->required();
    create_api_key->add_option("--user", key_flags.user, "the member's id")->required();
    create_api_key->add_option("--name", key_flags.name, "what the key is for");
    create_api_key->add_option("--scope", key_flags.scopes, "clients:read and so on; none: all of its account");
    create_api_key->callback([&line] { line.run = [&line] { create_key(line.config(), key_flags); }; });
}

} // namespace doorstep::app
