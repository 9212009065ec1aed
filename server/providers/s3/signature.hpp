#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::providers {

struct S3Keys {
    std::string region;
    std::string access_key_id;
    std::string secret_access_key;
};

/// What is signed of a request (AWS Signature Version 4, service s3).
struct S3Request {
    std::string method;
    std::string path; ///< decoded, with its first slash
    std::vector<std::pair<std::string, std::string>> query;
    std::map<std::string, std::string> headers; ///< names in small letters; `host` among them
    std::string payload_sha256;                 ///< hex
};

/// "20130524T000000Z"
std::string amz_date(std::chrono::system_clock::time_point time);
/// The path as S3 wants it in addresses and signatures: each byte but unreserved ones and slashes encoded, once.
std::string s3_path(std::string_view path);
/// The Authorization header.
std::string s3_authorization(const S3Request& request, const S3Keys& keys, const std::string& date);

} // namespace doorstep::providers
