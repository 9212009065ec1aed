#pragma once

// WebAuthn's JSON forms, with their own names.

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/text.hpp"

namespace doorstep::identity {

struct PasskeyDescriptor {
    std::string type;
    std::string id;
    std::vector<std::string> transports;
    BOOST_DESCRIBE_CLASS(PasskeyDescriptor, (), (type, id, transports), (), ())
};

struct PasskeyParty {
    std::string id;
    std::string name;
    BOOST_DESCRIBE_CLASS(PasskeyParty, (), (id, name), (), ())
};

struct PasskeyUser {
    std::string id;
    std::string name;
    std::string displayName;
    BOOST_DESCRIBE_CLASS(PasskeyUser, (), (id, name, displayName), (), ())
};

struct PasskeyAlgorithm {
    std::string type;
    std::int64_t alg = 0;
    BOOST_DESCRIBE_CLASS(PasskeyAlgorithm, (), (type, alg), (), ())
};

struct PasskeySelection {
    std::string residentKey = "required";
    bool requireResidentKey = true;
    std::string userVerification = "required";
    BOOST_DESCRIBE_CLASS(PasskeySelection, (), (residentKey, requireResidentKey, userVerification), (), ())
};

/// PublicKeyCredentialCreationOptionsJSON
struct PasskeyCreation {
    PasskeyParty rp;
    PasskeyUser user;
    std::string challenge;
    std::vector<PasskeyAlgorithm> pubKeyCredParams;
    std::int64_t timeout = 0;
    std::vector<PasskeyDescriptor> excludeCredentials;
    PasskeySelection authenticatorSelection;
    std::string attestation = "none";
    BOOST_DESCRIBE_CLASS(
        PasskeyCreation, (),
        (rp, user, challenge, pubKeyCredParams, timeout, excludeCredentials, authenticatorSelection, attestation), (), ()
    )
};

/// PublicKeyCredentialRequestOptionsJSON
struct PasskeyRequest {
    std::string challenge;
    std::int64_t timeout = 0;
    std::string rpId;
    std::vector<PasskeyDescriptor> allowCredentials; ///< any: the key says whose it is
    std::string userVerification = "required";
    BOOST_DESCRIBE_CLASS(PasskeyRequest, (), (challenge, timeout, rpId, allowCredentials, userVerification), (), ())
};

struct Attestation {
    Line<1, 4000> clientDataJSON;
    Line<1, 20000> attestationObject;
    std::optional<std::vector<Line<1, 40>>> transports;
    BOOST_DESCRIBE_CLASS(Attestation, (), (clientDataJSON, attestationObject, transports), (), ())
};

/// RegistrationResponseJSON, and what the person calls it.
struct NewPasskey {
    Line<1, 1400> id;
    Attestation response;
    std::optional<Line<1, 60>> name;
    BOOST_DESCRIBE_CLASS(NewPasskey, (), (id, response, name), (), ())
};

struct Assertion {
    Line<1, 4000> clientDataJSON;
    Line<1, 4000> authenticatorData;
    Line<1, 4000> signature;
    std::optional<Line<1, 200>> userHandle;
    BOOST_DESCRIBE_CLASS(Assertion, (), (clientDataJSON, authenticatorData, signature, userHandle), (), ())
};

/// AuthenticationResponseJSON
struct PasskeyLogin {
    Line<1, 1400> id;
    Assertion response;
    BOOST_DESCRIBE_CLASS(PasskeyLogin, (), (id, response), (), ())
};

} // namespace doorstep::identity
