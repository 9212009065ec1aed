#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>

#include "http/http_test.hpp"

namespace doorstep::http {
namespace {

using namespace testing;

struct Module {};
Module module;

Task<Response> hello(Module&, Context& ctx) {
    co_return Response::text(ctx.request->secure ? "secure" : "open");
}
Task<Response> big(Module&, Context&) {
    co_return Response::text(std::string(2'000'000, 'x'));
}

/// A certificate of our own for this machine, in files.
struct Certificate {
    Certificate() : folder(std::filesystem::temp_directory_path() / ("doorstep-tls-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(folder);
        auto key = EVP_EC_gen("P-256");
        auto x509 = X509_new();
        X509_set_version(x509, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509), 0);
        X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_set_pubkey(x509, key);
        auto name = X509_get_subject_name(x509);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
        X509_set_issuer_name(x509, name);
        X509_sign(x509, key, EVP_sha256());
        auto out = std::fopen(certificate().c_str(), "w");
        PEM_write_X509(out, x509);
        std::fclose(out);
        out = std::fopen(private_key().c_str(), "w");
        PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(out);
        X509_free(x509);
        EVP_PKEY_free(key);
    }
    ~Certificate() { std::filesystem::remove_all(folder); }
    std::string certificate() const { return (folder / "certificate.pem").string(); }
    std::string private_key() const { return (folder / "key.pem").string(); }

    std::filesystem::path folder;
};

std::size_t collect(char* data, std::size_t, std::size_t size, void* out) {
    static_cast<std::string*>(out)->append(data, size);
    return size;
}

struct Got {
    CURLcode code;
    std::string head;
    std::string body;
};

Got get(const std::string& url, const Certificate& certificate, long version = CURL_SSLVERSION_DEFAULT) {
    Got got{};
    auto curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CAINFO, certificate.certificate().c_str());
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, version);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &got.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &got.head);
    got.code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    return got;
}

} // namespace

TEST_CASE("tls: 1.2 and 1.3, with everything that follows from it; nothing older") {
    Certificate certificate;
    ServerOptions options;
    options.certificate_file = certificate.certificate();
    options.private_key_file = certificate.private_key();
    TestServer server(
        [](Router& router) {
            router.add("GET", "/", module, hello).open();
            router.add("GET", "/big", module, big).open();
        },
        options
    );
    auto url = "https://localhost:" + std::to_string(server.port);
    auto newest = get(url + "/", certificate);
    CHECK(newest.code == CURLE_OK);
    CHECK(newest.body == "secure");
    CHECK(newest.head.find("Strict-Transport-Security:") != std::string::npos);
    CHECK(get(url + "/", certificate, long(CURL_SSLVERSION_TLSv1_2) | long(CURL_SSLVERSION_MAX_TLSv1_2)).body == "secure");
    CHECK(get(url + "/", certificate, long(CURL_SSLVERSION_TLSv1_1) | long(CURL_SSLVERSION_MAX_TLSv1_1)).code != CURLE_OK);
    CHECK(get(url + "/big", certificate).body.size() == 2'000'000);
    // Plain text is not answered in plain text.
    RawClient plain(server.port);
    plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(plain.wait_closed());
    CHECK(plain.received.find("HTTP") == std::string::npos);
}

} // namespace doorstep::http
