#pragma once

#include <memory>
#include <string>

#include "http/client.hpp"
#include "modules/files/files.hpp"
#include "providers/s3/signature.hpp"

namespace doorstep::providers {

struct S3Options {
    std::string endpoint; ///< "https://s3.us-east-1.amazonaws.com", "https://<account>.r2.cloudflarestorage.com"
    std::string bucket;
    S3Keys keys;
};

/// Files in a bucket of S3 or what speaks like it, addressed by path. Fails with Error 503 `storage_unavailable`.
std::unique_ptr<files::Storage> make_s3(S3Options options, http::Client& client);

} // namespace doorstep::providers
