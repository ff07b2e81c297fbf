// Made by `npm run texts` from resources/locales/en.
export interface EnglishTexts {
  admin: {
    "title": "Administration",
    "sections": "Sections",
    "leave": "Leave the administration",
    "save": "Save",
    "saved": "Saved.",
    "back": "Back",
    "remove": "Remove",
    "keep": "Keep it",
    "working": "Just a moment…",
    "waiting": "Changes of the connection take effect when the transaction in hand has ended.",
    "locked": "This is set by the policy of this computer and cannot be changed here.",
    "keptIn": {
      "keychain": "Secrets are kept in the keychain of this computer.",
      "passphrase-file": "This computer has no keychain that can be used. Secrets are kept in a file that is encrypted with your passphrase."
    },
    "ending": {
      "title": "Are you still there?",
      "text": "Nothing was done for a while. The administration is left in {{seconds}} seconds.",
      "stay": "Stay"
    },
    "gate": {
      "passphrase": "Passphrase",
      "password": "Password",
      "repeat": "The same once more",
      "differs": "The two are not the same.",
      "newPassphraseTitle": "Choose a passphrase for the secrets",
      "newPassphraseText": "This computer has no keychain that can be used, so passwords and keys are kept in an encrypted file. After each start of the station the passphrase opens it. Nobody can recover it.",
      "unlockTitle": "Open the secrets",
      "unlockText": "Enter the passphrase that was chosen for this computer.",
      "unlock": "Open",
      "firstTitle": "Choose the password of the administrator",
      "firstText": "Nobody has administered this station yet. Anyone who knows this password can change everything here.",
      "choose": "Choose and continue",
      "signInTitle": "Enter the administration",
      "signIn": "Enter",
      "leftIdle": "You were away for a while, so the administration was left. What was saved is saved."
    },
    "password": {
      "rule": "At least 12 characters. Length counts most: four words that have nothing to do with each other are good.",
      "short": "That is too short: at least 12 characters.",
      "long": "That is too long: at most 128 characters.",
      "fewCharacters": "Too many of its characters are the same.",
      "run": "That is a run of neighbours, which is guessed first.",
      "common": "That is one of the words that are guessed first."
    },
    "section": {
      "service": "Service",
      "certificate": "Client certificate",
      "officer": "Officer",
      "anchors": "Trust anchors",
      "timestamps": "Time stamp",
      "trustedLists": "European trusted lists",
      "retention": "Retention",
      "restApi": "REST API",
      "languages": "Languages",
      "branding": "Branding",
      "audit": "Audit list",
      "health": "Health",
      "password": "Password"
    },
    "service": {
      "text": "Who issues the single-use certificates and signs. Documents never go there, only their hashes.",
      "kind": "Signature service",
      "embedded": "Sandbox on this computer",
      "embeddedText": "For trying out: SMS are simulated, every screen and page says so, and signatures have no legal effect.",
      "remote": "Service at an address",
      "remoteText": "Run by your organisation or a trust service provider.",
      "url": "Address",
      "urlHint": "Begins with https://, as the operator of the service gave it.",
      "urlWrong": "That is not an address that begins with https://.",
      "profile": "Certificate profile (if one was named to you)",
      "test": "Test the connection",
      "testing": "Testing…",
      "result": "What was checked",
      "csc": "A provider that speaks CSC",
      "cscText": "By the standard of the Cloud Signature Consortium: a qualified trust service with the signer’s own key.",
      "vendor": "An Optimizer of the vendor of One-Shot",
      "vendorText": "It signs hashes; the documents stay here. The officer is the one of the section “Officer”.",
      "provider": {
        "providerUrl": "Address of the provider",
        "providerUrlHint": "As the provider gave it, with https:// or, inside your network, http://.",
        "incomplete": "Please fill in the address and the fields beside it.",
        "version": "Version of the standard",
        "admission": "How the provider admits this station",
        "admissions": {
          "none": "By the client certificate alone",
          "basic": "By user and password",
          "client": "By the credentials of a client (OAuth 2.0)"
        },
        "client": "User or client",
        "secret": "Password or secret",
        "key": "Whose key signs",
        "keys": {
          "document": "The signer’s, by the number of their document",
          "email": "The signer’s, by their e-mail address",
          "phone": "The signer’s, by their telephone",
          "listed": "The only one that the provider lists",
          "fixed": "The one with this name"
        },
        "keyName": "Name of the key",
        "pin": "PIN of the key (if it has one)",
        "signs": "What the provider returns",
        "signsHash": "A signature value (the certificate is known before)",
        "signsDocument": "A finished signature (CMS)",
        "dialect": "Dialect of its API",
        "classic": "Classic",
        "newer": "Newer",
        "environment": "Environment",
        "sandbox": "Sandbox",
        "production": "Production",
        "billing": "Billing user (if there is one)",
        "billingPassword": "Billing password"
      }
    },
    "test": {
      "check": {
        "address": "Address",
        "tls": "TLS of the address",
        "answer": "Answer of the service",
        "environment": "Environment",
        "clock": "Clocks",
        "anchor": "Trust anchor",
        "credentials": "User and password",
        "offer": "What it offers",
        "contract": "Contract",
        "timestamps": "Time stamps"
      },
      "outcome": {
        "passed": "in order",
        "warning": "take note",
        "failed": "failed",
        "notChecked": "not checked"
      },
      "passed": {
        "address": "{{host}} answers at port {{port}}.",
        "tls": "{{subject}}, issued by {{issuer}}, valid until {{notAfter}}.",
        "answer": "{{name}}, version {{version}}.",
        "environment": "In production, as {{issuer}}. Profiles: {{profiles}}.",
        "clock": "They agree ({{seconds}} s apart).",
        "anchor": "A time stamp of the service leads to one of the anchors.",
        "credentials": "{{username}} is let in. The PIN is checked when a signer is registered.",
        "offer": "It signs up to {{documents}} documents at once. Keys: {{keys}}.",
        "contract": "It has a service contract, which the signer reads first.",
        "timestamps": "It stamps what it signs."
      },
      "reason": {
        "nameUnknown": "Nobody has the name {{host}}. Check the spelling and the network.",
        "refused": "Nobody listens at port {{port}} of {{host}}.",
        "noAnswer": "No answer in time. A firewall may be in between.",
        "untrusted": "Its certificate ({{subject}}) comes from an authority that this station does not trust ({{issuer}}). Add it as an anchor for the server if it is the right one.",
        "wrongName": "Its certificate ({{subject}}) is for another name than the address.",
        "expired": "Its certificate ended on {{notAfter}}.",
        "notYetValid": "Its certificate begins on {{notBefore}}. Check the clock of this computer.",
        "proxyFailed": "No connection goes through: {{why}}.",
        "clientCertificateNeeded": "The service wants a client certificate. Import the one that you received.",
        "clientCertificateRefused": "The service does not accept the client certificate of this station.",
        "loopback": "It does not leave this computer, so there is no TLS.",
        "sandbox": "A sandbox ({{issuer}}): SMS are simulated and signatures have no legal effect.",
        "profileUnknown": "The profile {{profile}} is not offered. Offered: {{profiles}}.",
        "clockApart": "The service is {{seconds}} s ahead of this computer (minus: behind). Set the clock of the computer.",
        "noAnchor": "There is no anchor for signatures yet. Add the root certificate that you received from the operator.",
        "otherAuthority": "A time stamp of the service does not lead to any of the anchors. Do not use it before this is explained.",
        "noLimit": "It names no limit of documents. Keys: {{keys}}.",
        "noContract": "It has no contract: the signer reads and agrees to the documents alone.",
        "ownTimestamps": "It does not stamp: this station needs a time-stamp authority of its own (section “Time stamp”).",
        "notStored": "User, password or PIN are not stored yet.",
        "refusedCredentials": "{{username}} is not let in with this password.",
        "other": "That did not work. What answers there may be no signature service."
      }
    },
    "certificate": {
      "text": "With mutual TLS the service lets in only stations that have a certificate of it. It comes as a .p12 or .pfx file with a password.",
      "none": "No client certificate is in use.",
      "inUse": "In use",
      "choose": "Choose a file…",
      "filePassword": "Password of {{name}}",
      "open": "Open the file",
      "inFile": "In the file",
      "use": "Use this certificate",
      "removeTitle": "Remove the client certificate?",
      "removeText": "Its key is deleted from the secret store. A service with mutual TLS no longer lets this station in.",
      "subject": "Issued to",
      "issuer": "Issued by",
      "validity": "Valid",
      "fromTo": "from {{from}} to {{to}}",
      "ended": "ended",
      "fingerprint": "Fingerprint (SHA-256)"
    },
    "officer": {
      "text": "The registration officer on whose behalf this station registers signers. Password and PIN are never shown again.",
      "sandbox": "The sandbox brings its own officer; what is entered here is for a service at an address.",
      "username": "User",
      "registrationAuthority": "Registration authority",
      "registrationAuthorityWrong": "Letters, digits and hyphens, at most 32.",
      "usernameWrong": "Please enter the user.",
      "password": "Password",
      "pin": "PIN",
      "stored": "Stored. Leave empty to keep it.",
      "notStored": "Not stored yet.",
      "forget": "Forget password and PIN",
      "forgetTitle": "Forget password and PIN?",
      "forgetText": "No signer can be registered at the service until they are entered again."
    },
    "anchors": {
      "text": "Root certificates that this station believes. Compare the fingerprint with what the operator gave you on paper or by telephone.",
      "none": "There are no anchors yet. The sandbox brings its own.",
      "use": "Trusted for",
      "signatures": "Signatures and time stamps",
      "server": "The TLS of the service’s address",
      "serverHint": "With an anchor for the server, no other authority is believed for its address.",
      "choose": "Choose a certificate file…",
      "inFile": "In the file",
      "known": "Already among the anchors",
      "notAuthority": "Not the certificate of an authority: it can be trusted for the server only.",
      "add": "The fingerprint is right: trust it",
      "removeOne": "Remove {{subject}}",
      "removeTitle": "Remove this anchor?",
      "removeText": "{{subject}} is no longer believed. Signatures of a service that leads to it are refused."
    },
    "timestamps": {
      "text": "How long a signature can be proved. B-LT and B-LTA put into the file what its validation needs for years to come.",
      "level": "Level of new signatures",
      "levels": {
        "automatic": "B-LT where the service sends what it needs, otherwise B-T (usual)",
        "B-B": "B-B: signature only",
        "B-T": "B-T: with a time stamp",
        "B-LT": "B-LT: with certificates and revocation data",
        "B-LTA": "B-LTA: under an archive time stamp, for decades"
      },
      "list": "Time-stamp authorities for the archive, asked in this order",
      "none": "None named: the one of the service is asked.",
      "address": "Address of another",
      "wrong": "That is not an address that begins with http:// or https://.",
      "add": "Add",
      "earlier": "Ask {{url}} earlier",
      "later": "Ask {{url}} later",
      "removeOne": "Remove {{url}}",
      "anchorHint": "An authority of somebody else needs its root among the anchors for signatures."
    },
    "retention": {
      "text": "What this computer keeps of customers, and for how long.",
      "documents": "Copies of documents",
      "documentsText": "Deleted at once when a transaction ends: delivered, cancelled or expired. The signed files stay where they were delivered.",
      "records": "Records of transactions",
      "recordsText": "Who signed what and when, with telephone and identity number. Deleted when the days below are over: at each start, once a day, and now when you shorten them. What applications began here goes with its documents.",
      "customers": "Signers who come again",
      "customersText": "Their data is offered to the clerk at the next visit, encrypted until then. Deleted when the days below are over since the last visit; with 0 nobody is remembered.",
      "evidence": "Evidence",
      "evidenceText": "Kept for good: it proves who signed what. Each record is sealed to the one before, so none can be taken out.",
      "customersDays": "Days that signers are remembered",
      "customersDaysWrong": "A whole number of days from 0 to 3650.",
      "audit": "Audit list",
      "auditText": "Kept for good. It holds nothing of customers.",
      "recordsDays": "Days that records are kept",
      "recordsDaysWrong": "A whole number of days from 1 to 3650.",
      "removed_one": "Saved. {{count}} record was over its time and is deleted.",
      "removed_other": "Saved. {{count}} records were over their time and are deleted."
    },
    "restApi": {
      "text": "Applications of this computer can begin transactions here, as they do with a One-Shot Optimizer. The signer reads, agrees and signs at this desk or in the application.",
      "enabled": "Applications may call this station",
      "port": "Port",
      "portWrong": "A whole number from {{min}} to {{max}}.",
      "admits": "Who may call",
      "keys": "Applications with a key",
      "keysText": "Each application sends a key that is made below.",
      "all": "Every program of this computer (drop-in)",
      "allText": "For applications that know no key. Anyone who can start a program here can begin transactions.",
      "sandbox": "With the sandbox, a token of its officer is there for trials.",
      "waiting": "It answers as soon as the signature service is reached.",
      "listening": "It answers at {{url}}, and describes itself at {{url}}/docs.",
      "failed": {
        "portTaken": "Another program has this port. Choose another.",
        "noClient": "It is switched on, but no application has a key yet. Make one below.",
        "other": "It could not be started. The log of the station says why.",
        "otherProvider": "The REST API works with our own signature service only. Choose that one, or switch the API off."
      },
      "clients": "Applications with a key",
      "noClients": "None yet.",
      "removeOne": "Remove the key of {{name}}",
      "removeTitle": "Remove this key?",
      "removeText": "{{name}} can no longer call. What it began stays.",
      "name": "Name of the application",
      "nameHint": "Letters, digits, dots and hyphens.",
      "nameWrong": "Letters, digits, dots and hyphens, at most 64, and not one that is there already.",
      "make": "Make a key",
      "made": "The key is made.",
      "keyOf": "Key of {{name}}",
      "once": "Copy it into the application now: it is not shown again."
    },
    "languages": {
      "text": "The clerk can change theirs at any time; the signer’s is chosen again for each person.",
      "clerk": "Language of the clerk",
      "signer": "Language that the signer’s screen begins in"
    },
    "branding": {
      "text": "How the windows name your organisation. It stands in the contract and on the signer’s screen.",
      "organisation": "Name of the organisation",
      "organisationWrong": "Please enter a name of at most 64 characters.",
      "accent": "Accent colour",
      "accentHint": "Such as #0f4c81. Empty: the product’s own.",
      "accentWrong": "That is not a colour such as #0f4c81.",
      "picker": "Pick a colour",
      "everywhere": "Contrast at its weakest: {{ratio}} : 1. Everybody can read it, also on the signer’s screen.",
      "clerk-only": "Contrast at its weakest: {{ratio}} : 1. Enough for the clerk’s buttons (4.5), too weak for the text on the signer’s screen (7): there the product’s own colour stays.",
      "nowhere": "Contrast at its weakest: {{ratio}} : 1. Too weak: at least 4.5 is needed to be read. Choose a darker colour.",
      "logo": "Logo",
      "logoHint": "A PNG picture of at most 256 KB.",
      "noLogo": "No logo: the name stands alone.",
      "chooseLogo": "Choose a picture…",
      "removeLogo": "Remove the logo",
      "preview": "This is how it looks",
      "example": "Example"
    },
    "audit": {
      "text": "Every change of the settings and every entry into the administration. Lines are only ever added, each sealed to the one before.",
      "intact_one": "The list is whole: {{count}} line, and it ends where the secret store remembers.",
      "intact_other": "The list is whole: {{count}} lines, and it ends where the secret store remembers.",
      "broken": "Somebody changed the list: line {{line}} does not follow from the one before. Keep a copy and tell your security officer.",
      "truncated": "The list was cut off or replaced: its end is not where the secret store remembers. Keep a copy and tell your security officer.",
      "search": "Search",
      "kind": "Show",
      "all": "Everything",
      "export": "Export the list…",
      "exported": "The list is written.",
      "nothing": "No line matches.",
      "when": "When",
      "who": "Who",
      "what": "What",
      "change": "From → to",
      "unset": "(not set)",
      "roles": {
        "admin": "Administrator",
        "clerk": "Clerk",
        "station": "Station"
      },
      "actions": {
        "passphraseChosen": "Passphrase chosen",
        "passphraseRefused": "Wrong passphrase",
        "passwordChosen": "Password chosen",
        "passwordChanged": "Password changed",
        "signedIn": "Entered",
        "signInRefused": "Wrong password",
        "signedOut": "Left",
        "settingChanged": "Setting changed",
        "secretStored": "Secret stored",
        "secretRemoved": "Secret removed",
        "connectionTested": "Connection tested",
        "recordsRemoved": "Records removed",
        "customerRemembered": "Signer remembered",
        "customerDataUsed": "Remembered data used",
        "customersRemoved": "Remembered signers removed",
        "listExported": "List exported",
        "supportFileSaved": "Support file saved"
      }
    },
    "health": {
      "text": "Versions, service, clock, certificates, data and devices, looked at now. Nothing about persons or documents is sent.",
      "all": {
        "ok": "Everything is in order.",
        "look": "Something is worth a look before it fails.",
        "broken": "Something is broken; below stands what to do."
      },
      "again": "Look again",
      "save": "Save for support…",
      "saved": "The file is written. It has no names, addresses or paths."
    },
    "changePassword": {
      "text": "The password of the administration. There is no way to recover it.",
      "current": "Present password",
      "next": "New password",
      "change": "Change the password"
    },
    "error": {
      "wrongPassword": "That is not the password.",
      "wrongPassphrase": "That is not the passphrase.",
      "wait": "Too many tries. Please wait {{seconds}} seconds; every further wrong try makes the pause longer.",
      "locked": "The administration was left. Enter the password again.",
      "secretsLocked": "The secrets are locked. Enter the passphrase first.",
      "filePassword": "The password does not open the file. Nothing was changed.",
      "fileInvalid": "The file holds no certificate that can be used here. Key files: .p12 or .pfx with a certificate for clients. Anchors: PEM or DER.",
      "fileNoKey": "The file holds no private key that belongs to a certificate in it. Ask for an export with its key.",
      "fileExpired": "The certificate in the file is valid from {{from}} to {{to}}: not today. Ask for another.",
      "transactionsOpen": "Transactions are open that only the present service can finish. Finish or cancel them first.",
      "logo": "The picture is not a PNG of at most 256 KB and 2,000 pixels a side.",
      "file": "The file cannot be read or written. Check its place and your permissions.",
      "invalid": "Something that was entered is not valid. Nothing was changed.",
      "service": "The service cannot be started or reached.",
      "other": "That did not work. Nothing was changed. Try again; tell support if it happens again ({{code}})."
    },
    "trustedLists": {
      "text": "Who is a qualified trust service in the European Union stands in lists that the Commission and each country sign. With them a check says whether a signature is a qualified one.",
      "fetch": "Fetch the lists every day",
      "address": "Address of the list of lists",
      "addressWrong": "An address begins with https:// or http://.",
      "certificates": "Certificates of the Official Journal",
      "certificatesText": "The list of lists is believed by these alone. Compare each fingerprint with the one in the Official Journal of the European Union.",
      "choose": "Choose a file with certificates…",
      "lists": "Lists on this computer",
      "fetchNow": "Fetch now",
      "neverFetched": "They were never fetched from here.",
      "fetchedAt": "Fetched {{time}}.",
      "none": "no list",
      "number": "no. {{number}}",
      "until": "until {{date}}",
      "problem": {
        "unreachable": "its server could not be reached",
        "listOfListsMissing": "there is no list of lists",
        "listOfListsNotAuthentic": "the new one is not signed by those who may",
        "listOfListsStale": "it is out of date",
        "listMissing": "the list is missing",
        "listNotAuthentic": "the new one is not signed by those who may",
        "listStale": "it is out of date",
        "older": "its server has an older one"
      }
    }
  };
  appearance: {
    "lines": [
      "Signed by {name}",
      "{date}",
      "{organisation}"
    ],
    "sandbox": "SANDBOX - NOT QUALIFIED",
    "signedBy": "Signed electronically by"
  };
  changes: {
    "kinds": {
      "signatureAdded": "The signature “{{field}}” was added",
      "signatureCopied": "The field “{{field}}” shows a copy of another signature; nobody signed there",
      "signatureChanged": "The signature “{{field}}” was changed after it was made",
      "signatureRemoved": "The signature “{{field}}” was removed",
      "documentTimestampAdded": "The document time stamp “{{field}}” was added",
      "validationDataAdded": "Validation data (certificates, revocation lists) were added",
      "validationDataChanged": "Validation data were changed or removed",
      "fieldFilled": "The form field “{{field}}” was filled in",
      "fieldOverwritten": "The form field “{{field}}”, filled in when it was signed, has another value now",
      "fieldRedesigned": "The form field “{{field}}” shows or does something else now",
      "fieldAdded": "The form field “{{field}}” was added",
      "fieldRemoved": "The form field “{{field}}” was removed",
      "annotationAdded": "Added: {{annotation}}",
      "annotationChanged": "Changed: {{annotation}}",
      "annotationRemoved": "Removed: {{annotation}}",
      "pageContentChanged": "What the pages show was changed",
      "pageSettingChanged": "A setting of the pages ({{detail}}) was changed",
      "pageAdded": "A page was added",
      "pageRemoved": "A page was removed",
      "pagesReordered": "The pages were put into another order",
      "layersChanged": "Layers of the pages were changed: other parts of them may show",
      "actionAdded": "Something that runs when the document is opened was added or changed",
      "permissionsChanged": "What the author permits was changed",
      "documentInformationChanged": "Title, dates or other information about the document was changed",
      "documentSettingChanged": "A setting of the document ({{detail}}) was changed",
      "formSettingChanged": "A setting of the form ({{detail}}) was changed",
      "catalogReplaced": "The whole document was replaced by another one",
      "encryptionChanged": "The encryption of the document was changed",
      "technicalDeclarationAdded": "A technical declaration (version, extensions) was added",
      "hiddenContentActivated": "Content that was hidden in the file when it was signed was made visible",
      "unusedObjectAdded": "Data that nothing in the document uses was added, changed or removed",
      "ambiguousObject": "Data was added that programs read in different ways",
      "unaccountedBytes": "Data was added that belongs to no part of the document",
      "revisionsNotContinued": "The present document does not continue the signed one: it bypasses it",
      "looksOtherwise": "The page looks different from when it was signed, where nothing that was found explains it",
      "unreadable": "A part of the document was made unreadable"
    },
    "reasons": {
      "certification": "the author does not permit it",
      "fieldLock": "a signature had locked it",
      "coversSignedContent": "it covers what was there when it was signed",
      "coversPicture": "it lies over a picture that fills the page, such as a scan",
      "coversEarlierSignature": "it lies over the mark of an earlier signature",
      "drawsOnPage": "it can draw over what was signed",
      "visibleAfterCertification": "it shows, in a document whose author certified how it looks",
      "notVerified": "it shows a mark, but no signature of its own that verifies",
      "acts": "it does something when it is used, seen or opened"
    },
    "annotations": {
      "Text": "a note",
      "Link": "a link",
      "FreeText": "a text box",
      "Highlight": "a highlight",
      "Underline": "an underline",
      "StrikeOut": "a strike-out",
      "Squiggly": "a squiggly line",
      "Stamp": "a stamp",
      "Ink": "a drawing",
      "FileAttachment": "an attached file",
      "Popup": "the window of a note",
      "Redact": "a redaction",
      "Caret": "an insertion mark",
      "Line": "a line",
      "Square": "a rectangle",
      "Circle": "an ellipse",
      "Polygon": "a polygon",
      "PolyLine": "a line of several parts",
      "Watermark": "a watermark",
      "Sound": "a sound",
      "Movie": "a film",
      "Screen": "a screen for media",
      "RichMedia": "rich media",
      "3D": "a three-dimensional model",
      "Widget": "a form element that belongs to no form"
    },
    "otherAnnotation": "an annotation ({{type}})",
    "unknownAnnotation": "unknown",
    "onPage": "page {{page}}",
    "onNoPage": "shown on no page",
    "nameless": "without a name"
  };
  clerk: {
    "product": "One-Shot Signature",
    "newCustomer": "New customer",
    "transactions": {
      "title": "Transactions",
      "today": "Today",
      "earlier": "Earlier",
      "none": "No transactions yet."
    },
    "state": {
      "created": "Started",
      "registered": "Registered",
      "prepared": "Ready to hand over",
      "reviewed": "Agreed",
      "otpSent": "Code sent",
      "signing": "Signing",
      "signed": "Signed, not saved yet",
      "delivered": "Signed",
      "cancelled": "Cancelled",
      "expired": "Expired",
      "declined": "Declined by the customer"
    },
    "steps": {
      "title": "Steps",
      "documents": "Documents",
      "identity": "Signer",
      "placement": "Signature",
      "handOver": "Hand over",
      "follow": "Signing",
      "result": "Result"
    },
    "home": {
      "title": "Ready for the next customer",
      "text": "Add the documents to be signed. They stay on this computer: only a code calculated from each is sent, from which nobody can read it.",
      "drop": "Drop PDF files here",
      "or": "or",
      "choose": "Choose files…"
    },
    "documents": {
      "title": "Documents to sign",
      "pages_one": "{{count}} page",
      "pages_other": "{{count}} pages",
      "signedBefore_one": "already has {{count}} signature",
      "signedBefore_other": "already has {{count}} signatures",
      "remove": "Remove {{name}}",
      "add": "Add more…",
      "cannotSign": "Cannot be signed",
      "continue": "Continue to the signer",
      "examining": "Looking through the documents…",
      "noneUsable": "Add at least one document that can be signed.",
      "removeFirst": "Remove the documents that cannot be signed.",
      "preview": "Choose a document to look at it.",
      "moveUp": "Move {{name}} up",
      "moveDown": "Move {{name}} down",
      "locked": "Protected by a password",
      "password": "Password of the document",
      "unlock": "Open",
      "wrongPassword": "This password does not open the document.",
      "sameAs": "Left out, because it is the same document: {{names}}."
    },
    "identity": {
      "title": "Who signs?",
      "text": "Compare with the identity document in front of you.",
      "givenName": "Given name",
      "surname1": "Surname",
      "surname2": "Second surname",
      "documentType": "Identity document",
      "types": {
        "IDC": "National identity card",
        "PAS": "Passport",
        "PNO": "Personal number",
        "TIN": "Tax number"
      },
      "documentCountry": "Issued by",
      "documentNumber": "Number",
      "email": "E-mail",
      "mobilePhone": "Mobile phone",
      "mobileHint": "With the country prefix, e.g. +34 600 111 222. The code is sent here.",
      "language": "The signer reads in",
      "register": "Register the signer",
      "registering": "Registering…",
      "back": "Back to the documents",
      "continue": "Continue to the signature",
      "returning": "Use the data of {{name}}?",
      "lastSeen": "Last visit: {{day}}. Ask whether {{phone}} is still the phone.",
      "useData": "Use the data",
      "dismissData": "No",
      "registerAndHandOver": "Register and hand over",
      "noMobile": {
        "question": "The customer has no mobile phone?",
        "sms": "The code of this service goes by SMS only, to a mobile phone that the customer has with them. Without one they cannot sign here: sign on paper, or come back with a phone.",
        "voice": "The code of this service is read out in a call to a mobile phone that the customer has with them. Without one they cannot sign here: sign on paper, or come back with a phone.",
        "email": "The code of this service goes to the e-mail address. A mobile number is registered too, but the customer need not have the phone with them."
      },
      "oneName": "Somebody with one name only: write it here.",
      "emailOptional": "E-mail (optional)",
      "emailNeeded": "The code goes to the e-mail address: enter it.",
      "numberDoubtful": "The check character of this {{name}} does not fit. Compare it with the document; you can go on."
    },
    "handOver": {
      "needsNetwork": "This service sends no validation data: the signatures get level B-T, and checking them later needs the network.",
      "title": "Hand over the screen",
      "signer": "Signer",
      "phone": "Code goes to",
      "documents": "Documents",
      "secondDisplay": "The documents open on the signer's display. You can follow here.",
      "turned": "The documents cover this screen. Turn it to the signer; your PIN brings you back.",
      "choosePin": "Choose a PIN for your return",
      "pinHint": "4 to 12 digits, kept until the station is closed.",
      "start": "Hand over to the signer",
      "cancel": "Cancel this transaction",
      "interrupted": {
        "display": "The signer's display was unplugged. Nothing is lost: connect it and hand over again.",
        "lock": "The computer was locked, so the signer's screen was cleared. Nothing is lost: hand over again.",
        "idle": "Nobody was at the signer's screen any more, so it was cleared. Nothing is lost: hand over again.",
        "crash": "The signer’s window stopped working. Nothing is lost: hand over the screen again."
      },
      "correct": "Correct the data",
      "display": "Signer’s display",
      "displayNamed": "Display {{number}} ({{size}})",
      "identify": "Show the numbers of the displays"
    },
    "application": {
      "title": "Begun by an application",
      "desk": "An application of your organisation began this. Signed here, its documents go back to it.",
      "documents": "The application has registered the signer and still has to send the documents.",
      "application": "The application completes this itself: the signer reads and agrees there. You can only cancel it.",
      "wrongNumber": "The signer says that the phone number is wrong. It came from the application: cancel here, and begin again there with the right number.",
      "ended": "It was begun by an application: begin it again there.",
      "signed": "All documents are signed and checked. The application that began this fetches them.",
      "state": {
        "documents": "Documents awaited",
        "desk": "Ready to hand over",
        "application": "With the application"
      }
    },
    "follow": {
      "title": "The signer has the screen",
      "pages": "{{shown}} of {{pages}} pages shown",
      "tries_one": "{{count}} try left",
      "tries_other": "{{count}} tries left",
      "wrongNumber": "The signer says that the phone number is wrong. Correct it: this transaction is cancelled, and its code with it; documents and data are kept for the new one.",
      "welcome": "Welcome",
      "reading": "Reading",
      "agreement": "Agreement",
      "code": "Code from the SMS",
      "signing": "Signing",
      "done": "Done",
      "takeBack": "Take the screen back",
      "simulatedSms": "Simulated SMS",
      "simulatedSmsText": "In the sandbox no SMS is sent. This is what the telephone would show:",
      "noSms": "No SMS yet.",
      "correctNumber": "Correct the number",
      "called": "The customer asks you to come.",
      "takeCall": "I am with the customer",
      "delivery": {
        "sending": "The code is on its way.",
        "accepted": "The code was handed to the network at {{time}}. It is not on the phone yet, as far as is known.",
        "failed": "The code did not reach the phone ({{time}}). Check the number; the customer can ask for another code.",
        "unknown": "Whether the code was sent is not known ({{time}}), so it is void. The customer asks for another code.",
        "deliveredBy": {
          "sms": "Delivered to the phone at {{time}}.",
          "voice": "The call with the code was answered at {{time}}.",
          "email": "Delivered to the mailbox at {{time}}."
        }
      },
      "codeUnconfirmed": "The service did not answer when the code was asked for. The customer can type it if the SMS arrives, or ask for another."
    },
    "result": {
      "title": "Signed",
      "text": "Every signature was checked before the files were saved.",
      "savedIn": "Saved in",
      "reference": "Reference",
      "showFolder": "Show in folder",
      "next": "New customer"
    },
    "ended": {
      "cancelledTitle": "Cancelled",
      "cancelledText": "Nothing was signed. The original documents are untouched.",
      "expiredTitle": "Expired",
      "expiredText": "The time for signing is over. Nothing was signed; start again with the same documents.",
      "notSavedTitle": "Signed, but not saved",
      "notSavedText": "The signed documents could not be written to the folder. Free space or permissions may be missing.",
      "saveAgain": "Save again",
      "interruptedTitle": "Interrupted",
      "interruptedText": "This transaction did not get far enough to be handed over. Cancel it and start again.",
      "startAgain": "Start again with the same data",
      "declinedTitle": "Declined by the customer",
      "declinedText": "The customer did not want to sign. Nothing was signed, and the original documents are untouched."
    },
    "cancelDialog": {
      "title": "Cancel this transaction?",
      "text": "The copies of the documents are deleted and the signer's registration ends. The original files stay.",
      "confirm": "Cancel the transaction",
      "keep": "Keep it"
    },
    "showDocument": "Show document",
    "appearance": {
      "label": "Appearance",
      "system": "As the computer",
      "light": "Light",
      "dark": "Dark",
      "contrast": "High contrast"
    },
    "host": {
      "standIn": "Test host (not Electron)"
    },
    "working": "Starting the signature service…",
    "failed": "That did not work",
    "administration": "Administration",
    "unlock": {
      "title": "Open the secrets of this station",
      "text": "This computer has no keychain. Enter the passphrase that your administrator chose, once after each start.",
      "passphrase": "Passphrase",
      "open": "Open",
      "wrong": "That is not the passphrase.",
      "wait": "Too many tries. Please wait {{seconds}} seconds."
    },
    "placement": {
      "title": "Place the signature",
      "text": "Drag the box on the page, or type the place.",
      "document": "Document",
      "forAll": "The same place on all documents",
      "kind": "The signature is seen",
      "onPage": "On a page",
      "inField": "In the field “{{name}}” of the document",
      "invisible": "Nowhere (invisible signature)",
      "certified": "The author certified this document: a further signature must be invisible.",
      "certifiedField": "The author certified this document: a further signature must be invisible or in the field that the author provided.",
      "page": "Page",
      "firstPage": "First page",
      "lastPage": "Last page",
      "pageNumber": "A certain page",
      "number": "Page number",
      "x": "Left",
      "y": "Top",
      "width": "Width",
      "height": "Height",
      "box": "Signature box",
      "boxHelp": "Arrow keys move it, with Ctrl in larger steps; with Shift they change its size.",
      "boxAt": "{{x}} mm from the left, {{y}} mm from the top, {{width}} by {{height}} mm",
      "fieldBox": "Field “{{name}}”",
      "drawing": "Drawing the signature…",
      "tooSmall": "Does not fit",
      "template": "Template",
      "noTemplate": "None",
      "recognised": "Recognised as “{{name}}”: the place of last time is proposed.",
      "saveTemplate": "Save as a template for this form…",
      "templateName": "Name of the template",
      "save": "Save",
      "removeTemplate": "Delete",
      "back": "Back to the signer",
      "tooSmallTitle": "The box is too small for what the signature says.",
      "tooSmallText": "Make it wider or higher.",
      "removeTitle": "Delete the template “{{name}}”?",
      "removeText": "Documents of this form are no longer placed by it. What was signed stays as it is.",
      "keepTemplate": "Keep it"
    },
    "drafts": {
      "title": "In preparation",
      "unnamed": "Without name",
      "documents_one": "{{count}} document",
      "documents_other": "{{count}} documents",
      "remove": "Discard {{name}}",
      "removeTitle": "Discard what you prepared?",
      "removeText": "What was typed for {{name}} is deleted. The original files stay.",
      "removeConfirm": "Discard"
    },
    "live": {
      "called": "Calls you",
      "label": "Signer’s progress"
    },
    "wait": {
      "long": "This takes longer than usual.",
      "stop": "Stop waiting"
    },
    "refused": "The signer refused: {{names}}",
    "pictures": {
      "title": "Pictures of the identity document",
      "text": "They are read on this computer to fill in the form, kept encrypted, and go to the registration authority only.",
      "front": "Front",
      "rear": "Rear",
      "holder": "Holder",
      "there": "taken",
      "camera": "{{name}}: take with the camera",
      "file": "{{name}}: choose a file",
      "remove": "{{name}}: remove the picture",
      "take": "Take the picture",
      "close": "Close",
      "noCamera": "No camera can be used. Connect one, or choose a file.",
      "reading": "Reading the document…",
      "read": "Filled in from the document. Compare every field; accents are not in what was read.",
      "expired": "Filled in from the document, which is past its date.",
      "unreadable": "Nothing could be read from it. Type the data, or take the picture again with the lines of letters and < in full.",
      "noPicture": "This file is not a JPEG or PNG picture. Choose another.",
      "tooLarge": "The picture is too large to be opened safely. Take it again with fewer megapixels."
    },
    "shortcuts": {
      "title": "Keys",
      "close": "Close",
      "newCustomer": "New customer",
      "add": "Add documents",
      "verify": "Check a signed document",
      "enter": "Go on, from any field of the form",
      "list": "Show this list"
    },
    "case": {
      "list": "Several signers",
      "several": "Several people sign",
      "soFar": "Signers so far",
      "signs": "This signer signs",
      "another": "Add another signer",
      "anyOrder": "They may sign in any order",
      "seal": "The seal of {{name}} signs last",
      "sealNow": "Set the seal of {{name}}",
      "remove": "Take {{name}} out",
      "start": "Begin with the first signer",
      "title": "Several signers",
      "text": "Each signs in turn, with their own code. What one has signed stays, whatever the next one does.",
      "signers": "Signers",
      "state": {
        "waiting": "Has not signed yet",
        "signing": "Is signing",
        "signed": "Signed",
        "declined": "Declined"
      },
      "only": "Signs only: {{names}}",
      "begin": "Continue with {{name}}",
      "goOn": "Go on with {{name}}",
      "askAgain": "Ask {{name}} again",
      "pause": "You can stop here: the case waits in the list, also until tomorrow.",
      "close": "End the case",
      "closeTitle": "End the case now?",
      "closeSigned": "Nobody can sign afterwards. The documents are saved with the signatures that they have.",
      "closeUnsigned": "Nobody has signed: nothing is saved, and the originals stay as they are.",
      "closeConfirm": "End the case",
      "back": "Back to the other signers",
      "filesWait": "The signed documents wait for the next signer. They are saved when the case ends.",
      "progress": "{{done}} of {{of}} signed",
      "ended": {
        "complete": "Everybody signed",
        "partly": "Signed in part",
        "unsigned": "Not signed"
      },
      "endedText": {
        "complete": "Every signature was checked before the files were saved: one file for each document, with all signatures.",
        "partly": "Not everybody signed everything. The files have the signatures that were made.",
        "unsigned": "Nothing was signed. The original documents are untouched."
      }
    },
    "search": {
      "label": "Find",
      "hint": "Name, number, document, reference, day",
      "none": "Nothing found.",
      "state": "State",
      "states": {
        "all": "All states",
        "open": "Open",
        "signed": "Signed",
        "unsigned": "Not signed"
      }
    }
  };
  common: {
    "languageName": "English",
    "sandbox": {
      "label": "Sandbox",
      "text": "Sandbox: signatures made here are for trying out and have no legal effect."
    },
    "step": {
      "done": "done",
      "now": "current step",
      "next": "still to come"
    },
    "document": {
      "region": "Document {{name}}",
      "toolbar": "Page, zoom and search",
      "opening": "Opening the document…",
      "failed": "The document cannot be shown: the file was moved or changed. Add it again.",
      "page": "Page {{page}} of {{pages}}",
      "previousPage": "Previous page",
      "nextPage": "Next page",
      "zoomIn": "Larger",
      "zoomOut": "Smaller",
      "fitWidth": "Fit to width",
      "search": "Search in the document",
      "matches": "{{current}} of {{total}}",
      "noMatch": "Not found",
      "pages": "Pages",
      "goToPage": "Page {{page}}",
      "toEnd": "To the end",
      "asPrinted": "As on paper",
      "showingPrint": "Shown as it would be printed.",
      "tooSmall": "Too small to be read: pages do not count until they are larger.",
      "notDrawn": "Page {{page}} takes too long to draw and is not shown."
    },
    "progress": {
      "importing": "Copying document {{document}} of {{documents}}…",
      "registering": "Registering the signer…",
      "preparing": "Preparing document {{document}} of {{documents}}…",
      "signing": "Signing…",
      "embedding": "Writing the signature into document {{document}} of {{documents}}…",
      "augmenting": "Adding what proves document {{document}} of {{documents}} for years to come…",
      "verifying": "Checking document {{document}} of {{documents}}…",
      "delivering": "Saving document {{document}} of {{documents}}…"
    },
    "language": "Language"
  };
  consent: {
    "version": "2026-2",
    "certificate": "I accept the contract of the signature service. A certificate in my name is issued for this one signature and cannot be used again.",
    "theDocument": "I have read the document and sign it.",
    "document": "I have read this document and sign it: {{name}}"
  };
  doctor: {
    "topic": {
      "program": "Program",
      "runtime": "Runtime",
      "service": "Signature service",
      "sms": "SMS",
      "clock": "Clock",
      "timestamp": "Time stamp",
      "certificate": "Certificate",
      "revocation": "Revocation list",
      "secrets": "Secrets",
      "data": "Data folder",
      "permissions": "Permissions",
      "disk": "Disk",
      "proxy": "Proxy",
      "display": "Display",
      "printer": "Printer"
    },
    "outcome": {
      "ok": "ok",
      "look": "look",
      "broken": "broken"
    },
    "found": {
      "version": "Version {{version}} on {{system}}.",
      "runtimeSupported": "{{name}} {{runtime}} gets security fixes until {{date}}.",
      "runtimeEnding": "{{name}} {{runtime}} gets security fixes for {{days}} more days, until {{date}}.",
      "runtimeEnded": "{{name}} {{runtime}} has had no security fixes since {{date}}; that will do for a trial, not for production.",
      "runtimeUnknown": "{{name}} {{runtime}} is newer than this program knows.",
      "runtimeTooOld": "{{name}} {{runtime}} is too old; 20.19 is the oldest that runs this program.",
      "serviceAnswers": "{{name}} {{version}} answers at {{host}}.",
      "serviceSandbox": "The sandbox answers at {{host}}; its signatures are not qualified.",
      "serviceInUse": "A program that is running has the embedded service; it was not disturbed.",
      "serviceNotReady": "The service at {{host}} answers, but says that it cannot work: {{parts}}.",
      "serviceFailed": "The service did not give an answer that can be used ({{code}}). {{message}}",
      "nameUnknown": "Nobody knows the name {{host}}.",
      "refused": "Nothing listens at {{host}}.",
      "noAnswer": "{{host}} does not answer.",
      "untrusted": "The TLS certificate of {{host}} comes from an authority that is not trusted: {{issuer}}.",
      "wrongName": "The TLS certificate at {{host}} is for another name.",
      "expired": "The TLS certificate of {{host}} has expired.",
      "notYetValid": "The TLS certificate of {{host}} is not valid yet.",
      "proxyFailed": "No connection goes through: {{why}}.",
      "clientCertificateNeeded": "{{host}} lets in nobody without a client certificate, and none is set.",
      "clientCertificateRefused": "{{host}} refuses the client certificate of this station.",
      "profileUnknown": "The service does not offer the profile {{profile}}; it has {{profiles}}.",
      "noAnchor": "No anchor for signatures is set, so nothing can be verified.",
      "otherAuthority": "The anchors are not those of this service.",
      "notStored": "No credentials of an officer are stored.",
      "refusedCredentials": "The service refuses user name or password of the officer.",
      "notReached": "Not known, because the service did not say.",
      "smsReady": "The SMS gateway of the service can work.",
      "smsSimulated": "SMS are simulated in the sandbox.",
      "smsFailed": "The SMS gateway of the service does not work: no signer receives a code.",
      "clockRight": "The clock agrees with that of the service ({{seconds}} s apart).",
      "clockApart": "The clock is {{seconds}} s away from that of the service.",
      "timestampGiven": "{{url}} gave a time stamp that leads to a trust anchor.",
      "timestampNone": "No time-stamp authority was named that could be asked.",
      "timestampNoAnswer": "{{url}} gave no time stamp ({{code}}).",
      "timestampUntrusted": "The time stamp of {{url}} does not lead to an anchor.",
      "certificateGood": "{{subject}}: {{days}} days left, until {{date}}.",
      "certificateEnding": "{{subject}}: only {{days}} days left, until {{date}}.",
      "certificateEnded": "{{subject}}: expired on {{date}}.",
      "certificateNotYet": "{{subject}}: not valid before {{date}}.",
      "certificateNone": "No certificate is set here.",
      "listGood": "{{url}}: the next list is due in {{days}} days, on {{date}}.",
      "listEnded": "{{url}}: the list has been out of date since {{date}}.",
      "listNoAnswer": "{{url}}: there is no list that can be used.",
      "listNone": "No certificate named a list that could be asked for.",
      "keychain": "Secrets are in the keychain of this account.",
      "passphraseFile": "There is no keychain; secrets are in a file under a passphrase.",
      "secretsLocked": "The file with the secrets waits for its passphrase.",
      "secretsNotNeeded": "The command line takes secrets from its environment and keeps none.",
      "dataGood": "{{folder}} can be used.",
      "dataNew": "{{folder}} does not exist yet and can be made.",
      "dataInUse": "{{folder}} can be used; a program that is running has it.",
      "dataUnusable": "{{folder}} cannot be used: {{why}}.",
      "permissionsGood": "{{folder}} is closed to other accounts.",
      "permissionsReadable": "Other accounts can read {{folder}}.",
      "permissionsWritable": "Other accounts can change {{folder}}.",
      "permissionsForeign": "{{folder}} belongs to another account.",
      "diskRoom": "{{megabytes}} MB are free for {{folder}}.",
      "diskLow": "Only {{megabytes}} MB are free for {{folder}}.",
      "diskFull": "The disk of {{folder}} is full: {{megabytes}} MB are free.",
      "proxyNone": "No proxy is set; connections are direct.",
      "proxyUsed": "{{variables}} is set: connections go through it, but for this computer and what NO_PROXY names.",
      "proxyUnused": "{{variables}} is set, but this program does not use it.",
      "displays": "Displays: {{count}}.",
      "displayNone": "There is no display, so the station cannot open its windows.",
      "displayNotNeeded": "There is no display; the command line needs none.",
      "printers": "Printers: {{count}}.",
      "printerNone": "There is no printer; reports can be saved as files only.",
      "printerNotNeeded": "There is no printer; the command line needs none.",
      "checkFailed": "This could not be examined ({{why}})."
    },
    "advice": {
      "runtimeEnded": "Install Node 24 LTS, or the newest version of the station, which brings its Electron.",
      "runtimeTooOld": "Install Node 24 LTS.",
      "serviceNotReady": "Tell the operator of the service; its log says why.",
      "serviceFailed": "Check the address of the service, and ask its operator.",
      "nameUnknown": "Check the address of the service and the name server of this computer.",
      "refused": "Check the port of the address; the service may be stopped.",
      "noAnswer": "Check the network, and whether a firewall lets this computer through.",
      "untrusted": "Compare it with what the operator sent you, and add its root as an anchor for the server.",
      "wrongName": "Use the name of the certificate in the address, or ask the operator.",
      "expired": "Tell the operator of the service; check the clock of this computer.",
      "notYetValid": "Check the clock of this computer; otherwise tell the operator of the service.",
      "proxyFailed": "Check HTTPS_PROXY and NO_PROXY, and ask who runs the proxy; its user name and password stand in its address.",
      "clientCertificateNeeded": "Import the client certificate of this station.",
      "clientCertificateRefused": "It may have expired or been withdrawn: ask the operator for a new one.",
      "profileUnknown": "Choose one of those in the administration.",
      "noAnchor": "Add the root certificate that the operator sent you.",
      "otherAuthority": "Ask the operator for the root certificate in use.",
      "notStored": "Store user name, password and PIN of the officer; on the command line give --user, ONESHOT_PASSWORD and ONESHOT_PIN.",
      "refusedCredentials": "Store them again; after several wrong tries wait for the pause that the service makes.",
      "notReached": "Look at the line of the service first.",
      "smsFailed": "Tell the operator of the service.",
      "clockApart": "Let the operating system set the clock from a time server (NTP).",
      "timestampNoAnswer": "Check the address, or name a further authority; signing with a time stamp waits for one that answers.",
      "timestampUntrusted": "Add the root of this authority as an anchor for signatures, or name another one.",
      "certificateEnding": "Order the next one now.",
      "certificateEnded": "Put a new certificate in its place.",
      "certificateNotYet": "Check the clock of this computer, or wait until then.",
      "listEnded": "Tell its authority; levels B-LT and B-LTA cannot be reached until there is a new one.",
      "listNoAnswer": "Check whether a firewall lets this address through; levels B-LT and B-LTA need it.",
      "passphraseFile": "Unlock or install the keychain of the system (on Linux a Secret Service).",
      "secretsLocked": "Enter the passphrase at the station.",
      "dataUnusable": "Give this account the right to write there, or choose another folder (--data).",
      "permissionsReadable": "Close the data folder to them: chmod 700.",
      "permissionsWritable": "Close it to them: chmod 700 for folders, 600 for files. Run oneshot evidence check.",
      "permissionsForeign": "Run the program under one account only, and give it what is there (chown).",
      "diskLow": "Make room soon: large documents will be refused.",
      "diskFull": "Make room; until then nothing is signed.",
      "proxyUnused": "Set HTTPS_PROXY and HTTP_PROXY.",
      "displayNone": "Start it in a session with a display.",
      "printerNone": "Set up a printer for this account if paper is wanted.",
      "checkFailed": "Send the support file to those who support you."
    }
  };
  errors: {
    "OSS_PDF_EMPTY": {
      "message": "The file is empty.",
      "action": "Ask for the document again; this copy has no content."
    },
    "OSS_PDF_NOT_A_PDF": {
      "message": "The file is not a PDF.",
      "action": "Export or print the document as a PDF and add that file."
    },
    "OSS_PDF_HEADER_JUNK": {
      "message": "There are foreign bytes before the start of the PDF, so independent validators would reject its signature.",
      "action": "Open the document, save it as a new PDF and add that file."
    },
    "OSS_PDF_TRUNCATED": {
      "message": "The PDF is cut off: its end is missing.",
      "action": "Copy or download the document again; the transfer was probably interrupted."
    },
    "OSS_PDF_XREF_DAMAGED": {
      "message": "The table of contents inside the PDF (its cross-reference) is damaged.",
      "action": "Open the document, save it as a new PDF and add that file."
    },
    "OSS_PDF_DAMAGED_SIGNED": {
      "message": "The PDF is damaged and carries a signature, which a repair would put in doubt.",
      "action": "Ask for an undamaged copy; the signed original must not be saved again."
    },
    "OSS_PDF_MALFORMED": {
      "message": "The PDF is malformed and cannot be signed safely.",
      "action": "Open the document, save it as a new PDF and add that file."
    },
    "OSS_PDF_LIMIT": {
      "message": "The PDF exceeds a safety limit (nesting, size of an object or number of revisions).",
      "action": "Open the document, print it to a new PDF and add that file."
    },
    "OSS_PDF_PASSWORD_NEEDED": {
      "message": "The PDF is protected by a password.",
      "action": "Ask for the password or for a copy without one."
    },
    "OSS_PDF_ENCRYPTION_UNSUPPORTED": {
      "message": "The PDF is encrypted with a method that is not supported.",
      "action": "Ask for a copy without encryption."
    },
    "OSS_PDF_PERMISSION_DENIED": {
      "message": "The author of the PDF does not permit it to be signed or filled in.",
      "action": "Ask the author for a copy that permits signing."
    },
    "OSS_PDF_CERTIFIED_NO_CHANGES": {
      "message": "The PDF is certified and its author forbids any change, a further signature included.",
      "action": "Ask the author for a copy that permits signing."
    },
    "OSS_PDF_CERTIFIED_INVISIBLE_ONLY": {
      "message": "The PDF is certified: validators reject a further signature that shows something new on a page.",
      "action": "Sign invisibly, or in a signature field that the author provided."
    },
    "OSS_PDF_CERTIFY_FIRST_ONLY": {
      "message": "The document has a signature already, so that no further one can certify it.",
      "action": "Certify it with its first signature, or sign without certification."
    },
    "OSS_PDF_FIELD_LOCKED": {
      "message": "An earlier signature locks the form fields of this PDF, so a further signature would break it.",
      "action": "Ask the author for a copy that permits a further signature."
    },
    "OSS_PDF_FIELD_UNUSABLE": {
      "message": "The signature field cannot be used: its name is taken, or its author demands another kind of signature.",
      "action": "Choose another field, or sign without naming one."
    },
    "OSS_PDF_EARLIER_SIGNATURE_INVALID": {
      "message": "The PDF carries an earlier signature that is not valid, or was changed after it was signed.",
      "action": "Do not sign this copy; ask for the original."
    },
    "OSS_PDF_WOULD_NOT_VERIFY": {
      "message": "The PDF is built in such a way that a signature in it would not be valid afterwards.",
      "action": "Open the document, print it to a new PDF and add that file."
    },
    "OSS_PDF_PAGE_NOT_FOUND": {
      "message": "The PDF has no such page.",
      "action": "Choose a page that exists."
    },
    "OSS_PDF_RECTANGLE_INVALID": {
      "message": "The place of the visible signature is not on the page.",
      "action": "Choose a rectangle inside the page."
    },
    "OSS_PDF_IMAGE_INVALID": {
      "message": "The picture for the visible signature is not a usable PNG or JPEG.",
      "action": "Choose another picture."
    },
    "OSS_PDF_TEXT_UNSUPPORTED": {
      "message": "Something that is to be printed has a character that no installed typeface shows.",
      "action": "Change the text, or have a typeface for that script put into the font folder (ONESHOT_FONTS)."
    },
    "OSS_PDF_CONTENTS_OVERFLOW": {
      "message": "The signature is larger than the space reserved for it; nothing was written.",
      "action": "Try again; tell support if it happens again."
    },
    "OSS_PDF_NO_SIGNATURE": {
      "message": "The PDF carries no signature.",
      "action": "Choose a signed PDF."
    },
    "OSS_WORK_TIME_LIMIT": {
      "message": "The work on this document took longer than a document may take, and was stopped.",
      "action": "Open the document, print it to a new PDF and add that file. Other documents can go on."
    },
    "OSS_WORK_MEMORY_LIMIT": {
      "message": "The work on this document needed more memory than a document may take, and was stopped.",
      "action": "Open the document, print it to a new PDF and add that file. Other documents can go on."
    },
    "OSS_WORK_CRASHED": {
      "message": "The program part that works on documents failed on this document.",
      "action": "Try again; if it happens again, print the document to a new PDF and add that file."
    },
    "OSS_SET_ASIDE": {
      "message": "Going on with this after a restart failed twice, so it was set aside; everything else went on.",
      "action": "Try it again by hand, or cancel it and start again without the document that is named."
    },
    "OSS_FILE_NOT_FOUND": {
      "message": "The file does not exist or cannot be read.",
      "action": "Check the name and the permissions of the file."
    },
    "OSS_FILE_EXISTS": {
      "message": "A file of that name already exists where the signed document would be written.",
      "action": "Choose another folder or move the existing file; nothing is ever overwritten."
    },
    "OSS_FILE_WRITE_FAILED": {
      "message": "The signed document could not be written.",
      "action": "Check the free space and the permissions of the folder, then try again."
    },
    "OSS_FOLDER_UNUSABLE": {
      "message": "The folder cannot be written to.",
      "action": "Check the name, the permissions and the free space of the folder, or choose another."
    },
    "OSS_FILE_CHANGED": {
      "message": "The document changed between being shown and being signed.",
      "action": "Start again with the document as it is now."
    },
    "OSS_PRINT_FAILED": {
      "message": "The document could not be printed.",
      "action": "Check the printer, or open the file in another program and print it there."
    },
    "OSS_DUPLICATE_DOCUMENT": {
      "message": "The same document is twice in the transaction.",
      "action": "Remove one of the two."
    },
    "OSS_DATA_IN_USE": {
      "message": "Another One-Shot program is using this data directory.",
      "action": "Wait until it has ended, or give this one another data directory."
    },
    "OSS_TRANSACTION_NOT_FOUND": {
      "message": "There is no such transaction.",
      "action": "Start a new transaction."
    },
    "OSS_TRANSACTION_STATE": {
      "message": "The transaction is not at a step where this is possible.",
      "action": "Go on from the step that the transaction shows, or cancel it."
    },
    "OSS_STOPPED": {
      "message": "You stopped waiting; what had begun is cancelled.",
      "action": "Try again, or check the connection to the signature service."
    },
    "OSS_TRANSACTION_BUSY": {
      "message": "Another program is working on this transaction.",
      "action": "Wait until it has finished."
    },
    "OSS_CASE_NOT_FOUND": {
      "message": "There is no such case.",
      "action": "Look for it in the list of cases; ended ones are removed after the time that the administrator has set."
    },
    "OSS_CASE_STATE": {
      "message": "This is not possible in the case as it stands.",
      "action": "Look at the state of each signer: one signs after the other, and a closed case takes no more signatures."
    },
    "OSS_SEAL_NOT_OFFERED": {
      "message": "The signature service offers no such seal to this officer.",
      "action": "Ask the administrator which seal this officer may use, or sign without one."
    },
    "OSS_JOURNAL_DAMAGED": {
      "message": "The record of this transaction cannot be read.",
      "action": "Cancel it and start again; the original documents are untouched."
    },
    "OSS_JOURNAL_UNKNOWN": {
      "message": "The record of this transaction was written by another version of this program, which knows more.",
      "action": "Install that version again; the record was not changed."
    },
    "OSS_RECORD_DAMAGED": {
      "message": "A stored record cannot be read; it was set aside, and everything else goes on.",
      "action": "Restore it from a backup, or remove the request and start again."
    },
    "OSS_DISK_FULL": {
      "message": "The disk is full.",
      "action": "Free some space, then try again; nothing that was acknowledged is lost."
    },
    "OSS_TOO_MANY_FILES": {
      "message": "The system does not let this program open any more files.",
      "action": "Try again; raise the limit of open files if it happens again."
    },
    "OSS_EVIDENCE_NOT_WRITTEN": {
      "message": "The evidence of this transaction could not be written.",
      "action": "Check the free space of this computer; the evidence is written when the station starts again."
    },
    "OSS_EVIDENCE_NOT_FOUND": {
      "message": "There is no evidence of this transaction yet.",
      "action": "Finish or cancel the transaction first."
    },
    "OSS_EVIDENCE_DAMAGED": {
      "message": "The evidence of this station is damaged: a record is missing, altered or out of order.",
      "action": "Run `oneshot evidence check` to see which one, and keep the files as they are."
    },
    "OSS_REQUEST_INVALID": {
      "message": "The data sent is not valid.",
      "action": "Correct the fields named and try again."
    },
    "OSS_CREDENTIALS_INVALID": {
      "message": "The user name, password or PIN of the registration officer is wrong.",
      "action": "Check the credentials of the registration officer."
    },
    "OSS_FORBIDDEN": {
      "message": "The registration officer may not do this.",
      "action": "Ask the administrator for the permission."
    },
    "OSS_NOT_FOUND": {
      "message": "There is nothing at this address.",
      "action": "Check the identifier."
    },
    "OSS_REQUEST_NOT_FOUND": {
      "message": "The signature service does not know this request.",
      "action": "Start a new transaction."
    },
    "OSS_REQUEST_STATE": {
      "message": "The request is not at a step where this is possible.",
      "action": "Check the state of the request; start a new one if it has ended."
    },
    "OSS_REQUEST_EXPIRED": {
      "message": "The request has expired.",
      "action": "Start a new transaction."
    },
    "OSS_PROFILE_UNKNOWN": {
      "message": "The signature service does not offer this profile.",
      "action": "Choose one of the profiles that the service lists."
    },
    "OSS_TOO_MANY_DOCUMENTS": {
      "message": "The provider does not sign so many documents at once.",
      "action": "Sign them in several transactions, with fewer documents in each."
    },
    "OSS_PAYLOAD_TOO_LARGE": {
      "message": "Too much data was sent.",
      "action": "Send less at a time."
    },
    "OSS_RATE_LIMITED": {
      "message": "Too many calls in a short time.",
      "action": "Wait a moment and try again."
    },
    "OSS_IDEMPOTENCY_CONFLICT": {
      "message": "The same idempotency key was used with different data.",
      "action": "Use a new key for a new operation."
    },
    "OSS_OTP_REFUSED": {
      "message": "The code was not accepted.",
      "action": "Check the digits of the newest SMS, or ask for a new code."
    },
    "OSS_OTP_TOO_SOON": {
      "message": "A code was sent a moment ago.",
      "action": "Wait until a new code can be sent."
    },
    "OSS_OTP_LIMIT": {
      "message": "No more codes can be sent for now.",
      "action": "Wait, or cancel and start again later."
    },
    "OSS_OTP_DELIVERY_FAILED": {
      "message": "The SMS could not be delivered to the gateway.",
      "action": "Check the phone number and ask for a new code."
    },
    "OSS_OTP_SANDBOX_ONLY": {
      "message": "The simulated SMS can be read in sandbox mode only.",
      "action": "Type the code that the signer received."
    },
    "OSS_SIGNING_DIGESTS_CHANGED": {
      "message": "The documents are not those for which the code was sent.",
      "action": "Ask for a new code for the documents as they are now."
    },
    "OSS_SIGNING_PREPARED_TOO_LONG_AGO": {
      "message": "The documents were prepared too long ago for a certificate of this lifetime.",
      "action": "Ask for a new code; the documents are prepared again."
    },
    "OSS_SIGNING_CLOCK_SKEW": {
      "message": "The clock of this workstation does not agree with the signature service.",
      "action": "Set the clock of the workstation and try again."
    },
    "OSS_SIGNING_IN_PROGRESS": {
      "message": "This request is being signed.",
      "action": "Wait for the answer of the first call."
    },
    "OSS_SIGNING_DONE": {
      "message": "This request is already signed.",
      "action": "Fetch the result with the key of the first call."
    },
    "OSS_SIGNING_INTERRUPTED": {
      "message": "The signature service was interrupted while signing; nothing was issued.",
      "action": "Ask for a new code and sign again."
    },
    "OSS_CERTIFICATE_LINT": {
      "message": "The certificate would break its own profile and was not issued.",
      "action": "Tell the operator of the signature service."
    },
    "OSS_DATABASE_UNAVAILABLE": {
      "message": "The signature service has no connection to its database.",
      "action": "Try again in a moment; nothing is signed twice."
    },
    "OSS_KEYS_UNAVAILABLE": {
      "message": "The signature service cannot reach its keys.",
      "action": "Try again in a moment. If it goes on, tell the operator of the service."
    },
    "OSS_TIME_NOT_AVAILABLE": {
      "message": "The time-stamp authority has no reliable time.",
      "action": "Try again in a moment."
    },
    "OSS_SERVICE_UNREACHABLE": {
      "message": "The signature service cannot be reached.",
      "action": "Check the network and the address of the service, then try again."
    },
    "OSS_SERVICE_TIMEOUT": {
      "message": "The signature service did not answer in time.",
      "action": "Try again; nothing is signed twice."
    },
    "OSS_SERVICE_FAILED": {
      "message": "The signature service reported an internal failure.",
      "action": "Try again in a moment; tell the operator if it happens again."
    },
    "OSS_SERVICE_RESPONSE_INVALID": {
      "message": "The signature service gave an answer that is not understood.",
      "action": "Check that the address is that of a signature service."
    },
    "OSS_SERVICE_WRONG_DIGEST": {
      "message": "The signature service signed something other than what was asked; nothing was written.",
      "action": "Do not go on; tell the operator of the service."
    },
    "OSS_SERVICE_WRONG_CHAIN": {
      "message": "The certificate does not come from the trusted authority; nothing was written.",
      "action": "Check the trust anchor in the settings and tell the operator of the service."
    },
    "OSS_SERVICE_WRONG_SUBJECT": {
      "message": "The certificate names another person than the signer; nothing was written.",
      "action": "Do not go on; tell the operator of the service."
    },
    "OSS_SERVICE_WRONG_SIGNATURE": {
      "message": "The signature that came back does not verify; nothing was written.",
      "action": "Do not go on; tell the operator of the service."
    },
    "OSS_SERVICE_WRONG_TIMESTAMP": {
      "message": "The time stamp that came back does not verify; nothing was written.",
      "action": "Do not go on; tell the operator of the service."
    },
    "OSS_CALLBACK_FAILED": {
      "message": "An application could not be told of a change.",
      "action": "It is tried again by itself; `oneshot callbacks` lists what has failed."
    },
    "OSS_SOURCE_FAILED": {
      "message": "A time-stamp authority or a revocation service did not answer usefully.",
      "action": "Try again later."
    },
    "OSS_TIMESTAMP_FAILED": {
      "message": "No time-stamp authority gave a time stamp that verifies; no lower level was taken instead.",
      "action": "Try again later, or name another time-stamp authority."
    },
    "OSS_VALIDATION_DATA_MISSING": {
      "message": "The certificates or revocation data that the level needs could not be obtained; no lower level was taken instead.",
      "action": "Try again when the revocation services of the authorities answer."
    },
    "OSS_LEVEL_NOT_POSSIBLE": {
      "message": "A signature in the document cannot be raised to this level.",
      "action": "Verify the document to see why: it must be valid and come from a trusted authority."
    },
    "OSS_CLOCK_WRONG": {
      "message": "The clock of this computer or that of the time-stamp authority is wrong.",
      "action": "Set the clock of this computer and try again. Nothing is lost, and no new code is needed."
    },
    "OSS_ANCHOR_NEEDED": {
      "message": "No trust anchor is set for this signature service.",
      "action": "Give the certificate of the root authority (PEM) that you received from the operator."
    },
    "OSS_ADMIN_LOCKED": {
      "message": "The administration is locked.",
      "action": "Enter the password of the administrator."
    },
    "OSS_ADMIN_PASSWORD_WRONG": {
      "message": "That is not the password of the administrator.",
      "action": "Try again; after several wrong ones there is a pause that grows."
    },
    "OSS_SECRETS_LOCKED": {
      "message": "This computer has no keychain, and the file that keeps the secrets instead is locked.",
      "action": "Enter the passphrase of the file."
    },
    "OSS_TRANSACTIONS_OPEN": {
      "message": "Transactions are open that only the present signature service can finish.",
      "action": "Finish or cancel them, then change the service."
    },
    "OSS_CERTIFICATE_FILE_PASSWORD": {
      "message": "The password does not open the file.",
      "action": "Check the password that came with the file."
    },
    "OSS_CERTIFICATE_FILE_INVALID": {
      "message": "The file holds no certificate that can be used here.",
      "action": "Ask for the file again, in one of the formats named."
    },
    "OSS_CERTIFICATE_FILE_NO_KEY": {
      "message": "The file holds no private key that belongs to a certificate in it.",
      "action": "Export the certificate again together with its key."
    },
    "OSS_CERTIFICATE_FILE_EXPIRED": {
      "message": "The certificate in the file is not valid today.",
      "action": "Ask for one that is valid."
    },
    "OSS_LOGO_INVALID": {
      "message": "The picture is not a PNG of at most 256 KB and 2,000 pixels a side.",
      "action": "Choose another picture."
    },
    "OSS_SETTING_LOCKED": {
      "message": "This setting is set by the policy of this computer.",
      "action": "Ask who looks after the computers of your organisation."
    },
    "OSS_CONFIG_INVALID": {
      "message": "The configuration is not valid.",
      "action": "Correct the entries named."
    },
    "OSS_CONFIG_UNSAFE": {
      "message": "The service refuses to start in production mode with this configuration.",
      "action": "Correct the entries named."
    },
    "OSS_POLICY_INVALID": {
      "message": "The policy file of this computer is not valid, so the station does not start.",
      "action": "Ask who looks after the computers of your organisation to correct it."
    },
    "OSS_USAGE": {
      "message": "The command was not understood.",
      "action": "See `oneshot help`."
    },
    "OSS_CANCELLED": {
      "message": "Cancelled.",
      "action": "Nothing was signed."
    },
    "OSS_INTERNAL": {
      "message": "An unexpected failure occurred.",
      "action": "Try again; send the diagnostics report to support if it happens again."
    }
  };
  identity: {
    "fields": {
      "givenName": "Given name",
      "surname1": "Surname",
      "surname2": "Second surname",
      "organisation": "Organisation",
      "officer": "Officer",
      "reason": "Reason",
      "location": "Place",
      "text": "Text of the visible signature"
    },
    "name": {
      "missing": "{{field}}: missing. One name is enough, given name or surname.",
      "tooLong": "{{field}}: longer than 64 characters.",
      "invisible": "{{field}}: holds a character that cannot be seen. Delete the name and type it again.",
      "noLetter": "{{field}}: has no letter.",
      "character": "{{field}}: has a character that no name has.",
      "mixedScripts": "{{field}}: mixes letters of different alphabets that look alike. Delete the name and type it again."
    },
    "phone": {
      "prefixMissing": "Write the mobile phone with the country prefix, e.g. +34 600 111 222.",
      "unknown": "The mobile phone is wrong: no such number exists in that country.",
      "landline": "The mobile phone is a landline, which receives no SMS. Enter a mobile number.",
      "freephone": "The mobile phone is a freephone number, which receives no SMS. Enter a mobile number.",
      "premiumRate": "The mobile phone is a premium-rate number, which receives no SMS. Enter a mobile number.",
      "sharedCost": "The mobile phone is a shared-cost number, which receives no SMS. Enter a mobile number.",
      "voip": "The mobile phone is an internet telephony number, which receives no SMS. Enter a mobile number.",
      "pager": "The mobile phone is a pager, which receives no SMS. Enter a mobile number.",
      "companyNumber": "The mobile phone is a company number, which receives no SMS. Enter a mobile number.",
      "voicemail": "The mobile phone is a voice mailbox, which receives no SMS. Enter a mobile number."
    },
    "documentNumber": {
      "missing": "The number of the identity document is missing or too short.",
      "tooLong": "The number of the identity document is longer than 32 characters.",
      "character": "The number of the identity document has a character that no such number has.",
      "check": "The check character of the number is wrong: such a number does not exist. Compare it with the document."
    },
    "documentType": "The type of the identity document is IDC, PAS, PNO or TIN.",
    "country": "Enter the country as two letters (ISO 3166-1), e.g. ES.",
    "email": "Enter a valid e-mail address.",
    "language": "This language is not available.",
    "glyph": "{{field}}: no installed typeface shows {{character}} ({{codePoint}}, {{script}}). Have a font for it put into the font folder, or use another spelling."
  };
  notes: {
    "repaired": "Its table of contents is damaged. It is repaired before signing; nothing else changes.",
    "alreadySigned": "Already signed by {{names}}.",
    "changedAfterSigning": "Changed after an earlier signature ({{names}}). That signature may be rejected.",
    "certified": "Certified by its author: the new signature stays invisible.",
    "fieldsLocked": "An earlier signature locks some form fields.",
    "passwordProtected": "Protected by a password. The signed file keeps it.",
    "restricted": "Its author does not permit: {{uses}}.",
    "form": "Contains a form. It can still be filled in after signing.",
    "needAppearances": "Its form may look different in other programs.",
    "xfaForm": "Contains an XFA form, which few programs show.",
    "javaScript": "Contains a script (JavaScript).",
    "launchAction": "Can start a program or open another file.",
    "dataAction": "Can send or fetch data.",
    "layers": "Has layers that can be shown or hidden.",
    "layersHidden": "Has layers that can be shown or hidden; {{hidden}} of {{layers}} are hidden.",
    "fontsNotEmbedded": "Typefaces are missing, so it may look different elsewhere: {{names}}.",
    "incompletePages": "Look at page {{names}}: it cannot be shown completely. It will not count as shown, and the signer cannot sign this document here.",
    "drawnDifferently": "Look at page {{names}}: two viewers draw it differently.",
    "printDiffers": "Look at page {{names}}: on paper it is not what it is on the screen. “As on paper” over the document shows it.",
    "valuesDiffer": "Fields that hold something else than they show: {{names}}.",
    "attachments": "Carries attached files ({{files}}).",
    "unreadableParts": "Parts of it cannot be read.",
    "emptySignatureFields": "Its author provided signature fields: {{names}}.",
    "revisions": "Saved in several steps ({{revisions}}).",
    "hybridReference": "Made for old and new programs.",
    "untagged": "Not prepared for screen readers.",
    "pdfA": "For archiving (PDF/A-{{part}}).",
    "pdfUaSigned": "Accessible (PDF/UA-{{part}}) and already signed: one more signature keeps that only if it is invisible.",
    "partlyExamined": "Very large: only its first part was looked through.",
    "uses": {
      "print": "printing",
      "change": "changing",
      "copy": "copying",
      "annotate": "adding notes",
      "fillForms": "filling in forms"
    }
  };
  report: {
    "page": "Page {{page}} of {{pages}}",
    "sandboxMark": "SANDBOX – NO LEGAL EFFECT",
    "sandbox": "SANDBOX: made for trials. These signatures and this report have no legal effect.",
    "evidence": {
      "title": "Evidence of a signature",
      "subtitle": "Transaction {{id}}",
      "outcome": {
        "signed": "{{name}} signed on {{date}}.",
        "declined": "{{name}} declined on {{date}}. Nothing was signed.",
        "cancelled": "Cancelled on {{date}}. Nothing was signed.",
        "expired": "Expired on {{date}}. Nothing was signed."
      },
      "signer": "Signer",
      "name": "Name",
      "idDocument": "Identity document",
      "phone": "Mobile phone",
      "organisation": "Documents presented by",
      "registrationAuthority": "Registration authority",
      "service": "Signature service",
      "serviceName": "Service",
      "request": "Request",
      "contract": "Contract (SHA-256)",
      "contractPages": "Contract",
      "document": "Document {{number}}: {{name}}",
      "pages": "Pages",
      "pagesShown": "{{shown}} of {{pages}} shown to the signer",
      "shown": "As shown (SHA-256)",
      "digest": "What was signed (SHA-256)",
      "digestUnsigned": "Prepared, not signed (SHA-256)",
      "file": "Signed file",
      "fileHash": "Signed file (SHA-256)",
      "level": "Level",
      "result": "Check before delivery",
      "timestamp": "Time stamp",
      "token": "Token (SHA-256)",
      "documentTimestamp": "Document time stamp",
      "consent": "Agreement",
      "wording": "Wording",
      "wordingOf": "version {{version}}, shown in: {{language}}",
      "given": "Given",
      "sentence": "Sentence {{number}}",
      "codeBy": {
        "voice": "Code from a call",
        "email": "Code from an e-mail"
      },
      "sentBy": {
        "voice": "{{date}}, by a call to {{phone}}",
        "email": "{{date}}, by e-mail to {{phone}}"
      },
      "assurance": "Assurance",
      "weaker": {
        "voice": "By a call, not by SMS: weaker, because a call may be diverted or answered by somebody else.",
        "email": "By e-mail, not by SMS: weaker, because anyone who reads the mailbox has the code, and no phone is proven."
      },
      "code": "Code from the SMS",
      "sent": "Sent",
      "sentTo": "{{date}}, by SMS to {{phone}}",
      "delivery": "Delivery reference",
      "reference": "Reference on screen and in the SMS",
      "attempts": "Codes typed",
      "accepted": "{{date}}: accepted",
      "refused": "{{date}}: refused",
      "certificate": "Single-use certificate",
      "subject": "Issued to",
      "issuer": "Issued by",
      "serial": "Serial number",
      "validity": "Valid",
      "fingerprint": "SHA-256",
      "log": "Transparency log of the service",
      "logKey": "Key of the log",
      "logAct": {
        "issuance": "Certificate",
        "signature": "Signature"
      },
      "logState": {
        "proven": "entry {{index}} of {{size}}, proven",
        "awaited": "not in the published log yet when this was sealed",
        "wrong": "THE PROOF DOES NOT HOLD"
      },
      "events": "Step by step",
      "later": "After the record was sealed",
      "record": "Record",
      "number": "Number in the chain",
      "station": "Station",
      "hash": "Hash of this record",
      "previous": "Hash of the record before",
      "sealed": "Sealed",
      "note": "Made from the record, which the JSON file beside this report holds. Its hash covers everything in it and the hash of the record before, so that a record that is changed, removed or moved breaks the chain: `oneshot evidence check` computes all of them again, and the hashes of signed files that it is given.",
      "documentRefused": "Refused by the signer: not signed"
    },
    "idType": {
      "IDC": "National identity card",
      "PAS": "Passport",
      "PNO": "Personal number",
      "TIN": "Tax number"
    },
    "event": {
      "created": "Documents added, signer identified",
      "registering": "Registration asked for",
      "registered": "Signer registered, contract received",
      "prepared": "Documents prepared",
      "reviewed": "Review confirmed",
      "codeRequesting": "Code asked for",
      "codeSent": "Code sent",
      "signing": "Code typed, signature asked for",
      "refused": "Signature refused",
      "issued": "Certificate issued, signatures verified and written",
      "signed": "Signed",
      "sourceAsked": "Source of time stamps or validation data asked",
      "augmented": "Long-term data added",
      "verified": "Signed files verified",
      "delivered": "Signed files delivered",
      "failed": "A step failed",
      "cancelled": "Cancelled",
      "expired": "Expired",
      "handedOver": "Screen handed to the signer",
      "begun": "Signer began to read",
      "pagesShown": "Pages shown",
      "consented": "Signer agreed",
      "phoneDisputed": "Signer said that the phone number is wrong",
      "declined": "Signer declined",
      "takenBack": "Screen back with the clerk",
      "documentsRefused": "Documents chosen by the signer",
      "pagesNotDrawn": "Pages that could not be shown",
      "logged": "Transparency log asked"
    },
    "verdict": {
      "valid": "Valid",
      "invalid": "Not valid",
      "undecided": "Cannot be decided"
    },
    "drawn": {
      "label": "How it looks",
      "same": "Pages compared with those that were signed: {{pages}}. All look the same.",
      "explained": "Pages that look different because of what was added: {{numbers}}.",
      "unexplained": "Pages that look different from those that were signed: {{numbers}}.",
      "notDrawn": {
        "tooLarge": "The file is too large to draw its pages: only the rules judged what was changed.",
        "tooLong": "Drawing the pages took too long: only the rules judged what was changed. Look at the file yourself.",
        "unreadable": "The pages cannot be drawn here: only the rules judged what was changed. Look at the file yourself."
      }
    },
    "check": {
      "integrity": {
        "passed": "The document is exactly what was signed.",
        "failed": "The document or the signature was altered: it is not what was signed.",
        "undecided": "Whether the document is what was signed cannot be decided.",
        "none": "The content was not checked."
      },
      "coverage": {
        "passed": "The signature leaves out nothing of what it covers.",
        "failed": "The signature leaves out parts of the file.",
        "undecided": "What the signature covers cannot be decided.",
        "none": "What the signature covers was not checked."
      },
      "changes": {
        "passed": "Nothing that matters was changed afterwards.",
        "failed": "The file was changed afterwards in a way that is not allowed.",
        "undecided": "The file was changed afterwards: look at what was changed.",
        "none": "Later changes were not checked."
      },
      "certificate": {
        "passed": "The certificate can be read and belongs to the signature.",
        "failed": "The certificate of the signer is missing or unusable.",
        "undecided": "The certificate cannot be judged.",
        "none": "The certificate was not checked."
      },
      "chain": {
        "passed": "The certificate comes from an authority that this station trusts.",
        "failed": "The certificate may not be used for this signature.",
        "undecided": "Nobody whom this station trusts vouches for the certificate.",
        "none": "Where the certificate comes from was not checked."
      },
      "timestamp": {
        "passed": "A time stamp proves the time.",
        "failed": "The time stamp does not hold.",
        "undecided": "Nobody whom this station trusts vouches for the time stamp.",
        "none": "There is no time stamp: the time is only claimed."
      },
      "revocation": {
        "passed": "No certificate was revoked at that time.",
        "failed": "A certificate had been revoked.",
        "undecided": "Whether a certificate was revoked cannot be decided.",
        "none": "The file does not say whether a certificate was revoked."
      }
    },
    "verification": {
      "title": "Verification of a PDF document",
      "subtitle": "{{name}}",
      "verdict": {
        "valid": "Every signature is valid.",
        "invalid": "At least one signature is not valid. Do not rely on this document.",
        "undecided": "At least one signature cannot be decided here. Ask before you rely on this document."
      },
      "checkedAt": "Checked",
      "file": "File",
      "fileHash": "File (SHA-256)",
      "signature": "Signature {{number}}: {{name}}",
      "documentTimestamp": "Document time stamp: {{name}}",
      "verdictLabel": "Result",
      "signedBy": "Signed by",
      "issuer": "Certificate from",
      "anchor": "Trusted through",
      "serial": "Serial number",
      "claimed": "Time claimed",
      "proven": "Time proven",
      "notProven": "not proven: there is no time stamp that holds",
      "covers": "Covers",
      "wholeFile": "the whole file",
      "version": "version {{version}} of {{versions}} of the file: its first {{bytes}} bytes",
      "level": "Level",
      "protection": "Proves this until",
      "protectedUntil": "{{date}}; then ends: {{name}}. Renew it before (B-LTA).",
      "noLevel": "none of {{format}}",
      "singleUse": "Single-use certificate: it was issued for this one signature after the person typed a code, and its key was destroyed at once. That it has expired by now is as it should be.",
      "details": "Details",
      "note": "Checked on this computer against the authorities that this station trusts; the document did not leave it.",
      "titleOfContainer": "Verification of a signed file",
      "container": "Kind",
      "holds": "Holds",
      "containerKind": {
        "enveloping": "Signed message that holds its document",
        "detached": "Signature beside its document",
        "asic": "Container with signed files (ASiC)",
        "xml": "File with XML signatures (XAdES)",
        "encrypted": "Encrypted message"
      }
    },
    "case": {
      "title": "Evidence of a case",
      "subtitle": "Case {{id}}",
      "outcome": {
        "complete": "Everybody signed everything. Ended on {{date}}.",
        "partly": "Ended on {{date}}. Not everybody signed everything: see who did not.",
        "unsigned": "Ended on {{date}}. Nothing was signed."
      },
      "brought": "As it was brought (SHA-256)",
      "signedBy": "Signed by",
      "nobody": "nobody",
      "signer": "Signer {{number}}: {{name}}",
      "what": "Outcome",
      "signerOutcome": {
        "signed": "signed",
        "declined": "declined",
        "notSigned": "has not signed"
      },
      "refused": "Refused",
      "record": "Record",
      "recordOf": "number {{number}}, transaction {{id}}",
      "transaction": "Transaction {{id}}"
    },
    "qualification": {
      "label": "European trusted lists",
      "ofTimestamp": "Its time stamp",
      "listed": "{{service}}, {{provider}} (list of {{territory}}, no. {{sequenceNumber}}): {{status}}",
      "because": "{{word}} ({{reason}})",
      "word": {
        "qualifiedSignature": "Qualified electronic signature",
        "qualifiedSeal": "Qualified electronic seal",
        "advancedSignatureWithQualifiedCertificate": "Advanced signature with a qualified certificate",
        "advancedSealWithQualifiedCertificate": "Advanced seal with a qualified certificate",
        "advanced": "Advanced electronic signature",
        "undetermined": "Could not be determined",
        "qualifiedTimestamp": "Qualified time stamp",
        "timestamp": "Time stamp that is not qualified"
      },
      "reason": {
        "signatureNotValid": "the signature is not valid",
        "listOfListsMissing": "there is no list of lists",
        "listOfListsNotAuthentic": "the list of lists is not signed by those who may",
        "listOfListsStale": "the list of lists is out of date",
        "listMissing": "the list of the country is missing",
        "listNotAuthentic": "the list of the country is not signed by those who may",
        "listStale": "the list of the country is out of date",
        "notListed": "no list names the service",
        "serviceNotGranted": "the service was not granted at that time",
        "certificateNotQualified": "the certificate is not a qualified one",
        "certificateForOtherUse": "the certificate is for another use",
        "noQualifiedDevice": "the key is not in a qualified device",
        "contradictory": "the lists contradict each other"
      }
    }
  };
  results: {
    "copies": "Save copies to…",
    "open": "Open {{name}}",
    "print": "Print {{name}}",
    "check": "Check {{name}}",
    "documents": "Signed documents",
    "evidence": {
      "title": "Evidence",
      "text": "What happened, step by step, with the checksum of every document: for the file, or for a dispute.",
      "save": "Save evidence…",
      "print": "Print evidence"
    },
    "saved_one": "Saved: {{names}}",
    "saved_other": "Saved: {{names}}",
    "printed": "Sent to the printer.",
    "printing": "Preparing to print…"
  };
  service: {
    "sms_one": "{{issuer}}: you are about to sign {{count}} document, ref. {{reference}}. Valid {{minutes}} min. Do not share this code: {{code}}",
    "sms_other": "{{issuer}}: you are about to sign {{count}} documents, ref. {{reference}}. Valid {{minutes}} min. Do not share this code: {{code}}",
    "contract": {
      "title": "Contract for the signature service",
      "subtitle": "Electronic signature with a single-use certificate",
      "sandbox": "SANDBOX: for trials only. The certificates are not qualified and this contract has no legal effect.",
      "parties": "This contract is made between {{issuer}} (\"the service\") and the signer named below, whose identity a registration officer has verified.",
      "signer": "The signer",
      "request": "The request",
      "name": "Name",
      "idDocument": "Identity document",
      "email": "E-mail",
      "phone": "Mobile phone",
      "organisation": "Documents presented by",
      "requestId": "Request",
      "validity": "Validity",
      "minutes_one": "{{count}} minute",
      "minutes_other": "{{count}} minutes",
      "registrationAuthority": "Registration authority",
      "officer": "Registration officer",
      "date": "Date",
      "idType": {
        "IDC": "National identity card",
        "PAS": "Passport",
        "PNO": "Personal number",
        "TIN": "Tax number"
      },
      "termsTitle": "Terms",
      "terms": [
        "The service issues to the signer one certificate that names them. It holds for the time stated above and serves only to sign the documents of this request.",
        "The key of the certificate is made at the moment of signing, is used only for these documents and is destroyed immediately afterwards. It is never stored.",
        "Before signing, the signer reads the documents and receives a code by SMS on the mobile phone above. Typing the code is the signer's order to sign exactly these documents; the SMS and the screen show the same reference.",
        "The code is personal. The signer does not disclose it to anybody and does not type it if the reference or the number of documents differs.",
        "The signer confirms that the data above are true and tells the registration officer of any error before signing.",
        "The documents do not leave the workstation: the service receives only their digests and cannot read them.",
        "The signer may cancel the request at any time before signing. A signature once made cannot be withdrawn, and since the certificate expires within minutes it is not revoked.",
        "The service answers for the issuing of the certificate as its certification practice statement describes: {{cpsUri}}"
      ],
      "privacyTitle": "Privacy notice",
      "privacy": [
        "Controller: {{issuer}}. Purpose: to verify the signer's identity, to issue the certificate and to keep proof of the signature. Legal basis: performance of this contract and the legal obligations of a trust service provider.",
        "Data: those stated above, the times and results of each step, and the digests of the documents. The certificate, with the signer's name and country, becomes part of every signed document.",
        "Recipients: the SMS operator receives the phone number and the text of the message; nobody else receives data unless the law requires it.",
        "Retention: at least seven years after the certificate has ended, as trust service providers must. Codes are not kept.",
        "The signer may ask the controller for access, rectification, erasure, restriction and portability, may object, and may complain to the supervisory authority."
      ],
      "page": "Page {{page}} of {{pages}}",
      "sandboxMark": "SANDBOX – NO LEGAL EFFECT"
    },
    "authorise": {
      "title": "Sign documents",
      "asks": "{{organisation}} asks you to sign these documents:",
      "document": "Document {{number}}",
      "digest": "Fingerprint (SHA-256)",
      "before": "Read the documents where they are shown to you. With the code that you receive by SMS you order their signature: with a certificate that {{issuer}} makes for this one time.",
      "send": "Send me the code",
      "again": "Send another code",
      "sent": "A code is on its way to {{phone}}. Its message has the reference {{reference}}; if it has another one, do not type the code.",
      "code": "Code",
      "sign": "Sign",
      "decline": "Do not sign",
      "wrongCode": "That is not the code. Look at the newest message and try again.",
      "notSent": "No code could be sent now. Wait a moment and try again.",
      "ended": "This page has ended.",
      "endedText": "Go back to the application and begin again."
    }
  };
  signer: {
    "progress": "Step {{step}} of {{steps}}: {{name}}",
    "steps": {
      "welcome": "Welcome",
      "reading": "Read",
      "agreement": "Agree",
      "code": "Confirm with the code"
    },
    "textSize": "Text size",
    "contrast": "High contrast",
    "welcome": {
      "greeting": "Welcome, {{name}}",
      "purpose_one": "{{organisation}} presents {{count}} document to you for signature.",
      "purpose_other": "{{organisation}} presents {{count}} documents to you for signature.",
      "notYou": "Not you? Tell the person in front of you before you go on.",
      "how": "This is how it goes:",
      "read": "You read the documents, page by page.",
      "agree": "You agree, or you decline.",
      "codeOfProvider": "You get a code by SMS from your signature provider and type it here. That signs.",
      "privacy": "The documents stay on this computer. Only your signature is made elsewhere, without them.",
      "begin": "Begin reading"
    },
    "reading": {
      "title": "Please read",
      "contract": "Signature service contract",
      "document": "Document {{number}} of {{count}}",
      "shown": "{{shown}} of {{pages}} pages shown",
      "nextDocument": "Next document",
      "finish": "I have seen everything",
      "pagesLeft_one": "{{count}} page has not been shown yet.",
      "pagesLeft_other": "{{count}} pages have not been shown yet.",
      "documents": "Documents",
      "readOn": "Read on",
      "signatureHere": "Your signature will stand here",
      "chooseDocument": "Document {{number}} of {{count}}: choose another",
      "incomplete": "Page {{pages}} of this document cannot be shown completely. It does not count as shown, so this document cannot be signed here.",
      "showSignature": "Where will my signature stand?",
      "allShown": "All pages shown"
    },
    "agreement": {
      "title": "Do you agree?",
      "text": "Tick the contract and every document that you want to sign.",
      "textWithoutContract": "Tick every document that you want to sign.",
      "phoneOfProvider": "The provider sends the code to the telephone that it has for you.",
      "wrongNumber": "This is not my number",
      "agree": "Agree and send the code",
      "sending": "Sending the code…",
      "readAgain": "Read again",
      "partText": "These have no tick and will not be signed:",
      "partTitle": "Sign {{agreed}} of {{count}} documents?",
      "tickFirst": "Please tick the contract and at least one document first.",
      "tickFirstDocument": "Please tick at least one document first.",
      "cannot": "It could not be shown completely and cannot be signed here.",
      "partConfirm": "Sign only what is ticked",
      "partBack": "Back"
    },
    "code": {
      "sentByProvider": "Your signature provider sent it to the telephone that it has for you.",
      "reference": "Reference",
      "hint": "{{count}} digits",
      "expires": "The code is valid for another {{time}}.",
      "expired": "The code is too old. Ask for a new one.",
      "tries_one": "{{count}} try left.",
      "tries_other": "{{count}} tries left.",
      "noTries": "This code was mistyped too often. Ask for a new one.",
      "resend": "Send a new code",
      "resendIn": "New code in {{seconds}} s",
      "resent": "A new code is on its way.",
      "wrongNumberTold": "Thank you. The person in front of you has been told and will help you.",
      "sign": "Sign now",
      "tooShort": "The code has {{count}} digits.",
      "notReceived": "I did not get it",
      "help": {
        "again": "When the waiting time is over, ask for a new code. Only the newest one is good.",
        "ask": "If none comes, ask the person in front of you."
      }
    },
    "signing": {
      "title": "Your signature is being made",
      "text": "This takes a few seconds. Please stay here."
    },
    "done": {
      "title": "Thank you, {{name}}",
      "text_one": "Your document is signed.",
      "text_other": "Your {{count}} documents are signed.",
      "copy": "The person in front of you gives you your copy.",
      "certificate": "The certificate that was made for this signature has already been used up: nobody can sign with it again.",
      "finish": "Finish",
      "notSigned": "Not signed, as you wished:"
    },
    "declined": {
      "title": "Nothing was signed",
      "text": "You declined. The copies of the documents on this computer were deleted."
    },
    "decline": {
      "button": "Decline",
      "title": "Do you not want to sign?",
      "text": "Then nothing is signed and the copies of the documents are deleted.",
      "confirm": "Decline",
      "keep": "Go back"
    },
    "giveBack": {
      "button": "Back to the office",
      "title": "For the person in the office",
      "text": "Type your PIN to get the screen back.",
      "pin": "PIN",
      "confirm": "Take the screen",
      "stay": "Stay here",
      "wrong": "That is not the PIN."
    },
    "error": {
      "tooSoon": "A code was sent a moment ago. Please wait a little.",
      "limit": "No more codes can be sent now. Please speak to the person in front of you.",
      "unreachable": "The signature service cannot be reached at the moment. Nothing is lost: try again shortly.",
      "wait": "Too many tries. Please wait {{seconds}} seconds.",
      "other": "That did not work. Please speak to the person in front of you."
    },
    "idle": {
      "title": "Are you still there?",
      "text_one": "Without an answer this screen is cleared in {{count}} second.",
      "text_other": "Without an answer this screen is cleared in {{count}} seconds.",
      "stay": "I am still here",
      "coveredTitle": "Pause",
      "coveredText": "Your documents are hidden, because nobody has touched the screen for a while. Nothing is lost.",
      "goOn": "Go on"
    },
    "readAloud": {
      "start": "Read aloud",
      "stop": "Stop reading"
    },
    "waiting": {
      "welcome": "Welcome",
      "display": "Display {{number}}"
    },
    "certificate": {
      "question": "What is this certificate?",
      "answer": "It is an electronic proof that says it was you who signed, like a stamp with your name. It is made when you type the code, signs only these documents, and can never be used again. You keep nothing, install nothing and need not remember anything."
    },
    "call": {
      "button": "Call the clerk",
      "called": "The clerk has been called"
    },
    "sms": {
      "title": "Simulated SMS",
      "text": "In the sandbox no SMS is sent. This is what the telephone would show:",
      "none": "No SMS yet."
    },
    "wait": {
      "long": "This takes longer than usual.",
      "stop": "Stop waiting"
    },
    "aids": "Language, text size and help",
    "aidsClose": "Close",
    "channel": {
      "sms": {
        "welcome": "You get a code by SMS at {{to}} and type it here. That signs.",
        "title": "Type the code from the SMS",
        "sentTo": "We sent it to {{to}}.",
        "willGo": "The code is sent to {{to}}.",
        "compare": "The SMS must show the same reference. If it does not, do not type the code.",
        "label": "Code from the SMS",
        "wait": "An SMS can take a minute. Check that your phone is on and has a signal.",
        "goes": "It goes to {{to}}. If that is not your number, say so with the button above.",
        "wrong": "This is not my number",
        "unconfirmed": "The service did not say whether the code was sent. If an SMS arrives, type its code; if not, ask for a new one.",
        "refused": "The code is not right. Please compare it with the newest SMS.",
        "notSent": "The SMS could not be sent. Please speak to the person in front of you."
      },
      "voice": {
        "welcome": "You get a call at {{to}} that says a code, and type it here. That signs.",
        "title": "Type the code from the call",
        "sentTo": "We are calling {{to}}.",
        "willGo": "The code is said in a call to {{to}}.",
        "compare": "The call must say the same reference. If it does not, do not type the code.",
        "label": "Code from the call",
        "wait": "The call can take a minute. Check that your phone is on, has a signal and rings.",
        "goes": "The call goes to {{to}}. If that is not your number, say so with the button above.",
        "wrong": "This is not my number",
        "unconfirmed": "The service did not say whether it called. If your phone rings, type the code; if not, ask for a new one.",
        "refused": "The code is not right. Please type the one from the newest call.",
        "notSent": "The call could not be made. Please speak to the person in front of you."
      },
      "email": {
        "welcome": "You get a code by e-mail at {{to}} and type it here. That signs.",
        "title": "Type the code from the e-mail",
        "sentTo": "We sent it to {{to}}.",
        "willGo": "The code is sent to {{to}}.",
        "compare": "The e-mail must show the same reference. If it does not, do not type the code.",
        "label": "Code from the e-mail",
        "wait": "An e-mail can take a minute. Look in the spam folder too.",
        "goes": "It goes to {{to}}. If that is not your address, say so with the button above.",
        "wrong": "This is not my address",
        "unconfirmed": "The service did not say whether the code was sent. If an e-mail arrives, type its code; if not, ask for a new one.",
        "refused": "The code is not right. Please compare it with the newest e-mail.",
        "notSent": "The e-mail could not be sent. Please speak to the person in front of you."
      }
    }
  };
  verify: {
    "open": "Check a signed document",
    "title": "Check a signed document",
    "text": "Who signed, when, what the signature covers, and whether anything was changed afterwards. No transaction is needed, and the document stays on this computer.",
    "drop": "Drop a signed file here",
    "or": "or",
    "choose": "Choose a file…",
    "another": "Check another file",
    "checking": "Checking {{name}}…",
    "checked": "{{done}} of {{total}} MB read",
    "stop": "Stop",
    "result": "Result",
    "saveReport": "Save report…",
    "printReport": "Print report",
    "timeLocal": "{{time}} (time of this computer)",
    "checks": "What was checked",
    "detail": "Finding, for technicians",
    "password": "Password of the document",
    "openWithPassword": "Open and check",
    "versions": {
      "show": "Show what was signed",
      "title": "What was signed, and what the file shows now",
      "signed": "As it was signed",
      "now": "Now",
      "previous": "Previous page",
      "next": "Next page",
      "close": "Back to the document",
      "differs": "Page {{page}} of {{pages}} looks different; what differs is framed.",
      "same": "Page {{page}} of {{pages}} looks as it did when it was signed.",
      "cannot": "This page cannot be shown."
    },
    "problem": {
      "unsigned": {
        "title": "There is no signature in this document.",
        "text": "Nobody has signed it electronically. A scanned or drawn signature is a picture only and cannot be checked."
      },
      "password": {
        "title": "This document opens with a password only.",
        "text": "Type the password to check its signatures. It is not kept."
      },
      "wrongPassword": {
        "title": "That is not the password.",
        "text": "Please try again, or ask anyone who sent the document."
      },
      "encrypted": {
        "title": "This document is encrypted in a way that cannot be read here.",
        "text": "Ask for a copy without encryption."
      },
      "damaged": {
        "title": "This document is damaged.",
        "text": "It may have been cut off while it was sent. Ask for it again, or download it again."
      },
      "notPdf": {
        "title": "This is not a PDF document.",
        "text": "Signatures are checked in PDF documents, signed messages (.p7m, .p7s) and containers (.asice, .asics)."
      },
      "gone": {
        "title": "The file is not there any more.",
        "text": "It was moved, renamed or changed. Choose it again."
      },
      "stopped": {
        "title": "You stopped the check.",
        "text": "Nothing was found out about this document."
      },
      "unreachable": {
        "title": "The check could not begin.",
        "text": "The station has not reached its signature service yet, from which it knows whom to trust. Try again shortly."
      },
      "other": {
        "title": "The check did not work.",
        "text": "Try again. If it happens again, tell support."
      }
    },
    "inside": {
      "title": "What it holds",
      "save": "Save what is inside…"
    }
  };
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: EnglishTexts;
    strictInterpolationChecks: true;
  }
}
