// Made by `npm run texts` from resources/locales/en.
export interface EnglishTexts {
  admin: {
    'title': string;
    'sections': string;
    'leave': string;
    'save': string;
    'saved': string;
    'back': string;
    'remove': string;
    'keep': string;
    'working': string;
    'waiting': string;
    'keptIn': {
      'keychain': string;
      'passphrase-file': string;
    };
    'ending': {
      'title': string;
      'text': '{{seconds}}';
      'stay': string;
    };
    'gate': {
      'passphrase': string;
      'password': string;
      'repeat': string;
      'differs': string;
      'newPassphraseTitle': string;
      'newPassphraseText': string;
      'unlockTitle': string;
      'unlockText': string;
      'unlock': string;
      'firstTitle': string;
      'firstText': string;
      'choose': string;
      'signInTitle': string;
      'signIn': string;
      'leftIdle': string;
    };
    'password': {
      'rule': string;
      'short': string;
      'long': string;
      'fewCharacters': string;
      'run': string;
      'common': string;
    };
    'section': {
      'service': string;
      'certificate': string;
      'officer': string;
      'anchors': string;
      'timestamps': string;
      'retention': string;
      'restApi': string;
      'languages': string;
      'branding': string;
      'audit': string;
      'health': string;
      'password': string;
    };
    'service': {
      'text': string;
      'kind': string;
      'embedded': string;
      'embeddedText': string;
      'remote': string;
      'remoteText': string;
      'url': string;
      'urlHint': string;
      'urlWrong': string;
      'profile': string;
      'test': string;
      'testing': string;
      'result': string;
    };
    'test': {
      'check': {
        'address': string;
        'tls': string;
        'answer': string;
        'environment': string;
        'clock': string;
        'anchor': string;
        'credentials': string;
      };
      'outcome': {
        'passed': string;
        'warning': string;
        'failed': string;
        'notChecked': string;
      };
      'passed': {
        'address': '{{host}} {{port}}';
        'tls': '{{subject}} {{issuer}} {{notAfter}}';
        'answer': '{{name}} {{version}}';
        'environment': '{{issuer}} {{profiles}}';
        'clock': '{{seconds}}';
        'anchor': string;
        'credentials': '{{username}}';
      };
      'reason': {
        'nameUnknown': '{{host}}';
        'refused': '{{port}} {{host}}';
        'noAnswer': string;
        'untrusted': '{{subject}} {{issuer}}';
        'wrongName': '{{subject}}';
        'expired': '{{notAfter}}';
        'clientCertificateNeeded': string;
        'clientCertificateRefused': string;
        'loopback': string;
        'sandbox': '{{issuer}}';
        'profileUnknown': '{{profile}} {{profiles}}';
        'clockApart': '{{seconds}}';
        'noAnchor': string;
        'otherAuthority': string;
        'notStored': string;
        'refusedCredentials': '{{username}}';
        'other': string;
      };
    };
    'certificate': {
      'text': string;
      'none': string;
      'inUse': string;
      'choose': string;
      'filePassword': '{{name}}';
      'open': string;
      'inFile': string;
      'use': string;
      'removeTitle': string;
      'removeText': string;
      'subject': string;
      'issuer': string;
      'validity': string;
      'fromTo': '{{from}} {{to}}';
      'ended': string;
      'fingerprint': string;
    };
    'officer': {
      'text': string;
      'sandbox': string;
      'username': string;
      'registrationAuthority': string;
      'registrationAuthorityWrong': string;
      'usernameWrong': string;
      'password': string;
      'pin': string;
      'stored': string;
      'notStored': string;
      'forget': string;
      'forgetTitle': string;
      'forgetText': string;
    };
    'anchors': {
      'text': string;
      'none': string;
      'use': string;
      'signatures': string;
      'server': string;
      'serverHint': string;
      'choose': string;
      'inFile': string;
      'known': string;
      'notAuthority': string;
      'add': string;
      'removeOne': '{{subject}}';
      'removeTitle': string;
      'removeText': '{{subject}}';
    };
    'timestamps': {
      'text': string;
      'level': string;
      'levels': {
        'automatic': string;
        'B-B': string;
        'B-T': string;
        'B-LT': string;
        'B-LTA': string;
      };
      'list': string;
      'none': string;
      'address': string;
      'wrong': string;
      'add': string;
      'earlier': '{{url}}';
      'later': '{{url}}';
      'removeOne': '{{url}}';
      'anchorHint': string;
    };
    'retention': {
      'text': string;
      'documents': string;
      'documentsText': string;
      'records': string;
      'recordsText': string;
      'customers': string;
      'customersText': string;
      'evidence': string;
      'evidenceText': string;
      'customersDays': string;
      'customersDaysWrong': string;
      'audit': string;
      'auditText': string;
      'recordsDays': string;
      'recordsDaysWrong': string;
      'removed_one': '{{count}}';
      'removed_other': '{{count}}';
    };
    'restApi': {
      'text': string;
      'enabled': string;
      'port': string;
      'portWrong': '{{min}} {{max}}';
      'admits': string;
      'keys': string;
      'keysText': string;
      'all': string;
      'allText': string;
      'sandbox': string;
      'waiting': string;
      'listening': '{{url}}';
      'failed': {
        'portTaken': string;
        'noClient': string;
        'other': string;
      };
      'clients': string;
      'noClients': string;
      'removeOne': '{{name}}';
      'removeTitle': string;
      'removeText': '{{name}}';
      'name': string;
      'nameHint': string;
      'nameWrong': string;
      'make': string;
      'made': string;
      'keyOf': '{{name}}';
      'once': string;
    };
    'languages': {
      'text': string;
      'clerk': string;
      'signer': string;
    };
    'branding': {
      'text': string;
      'organisation': string;
      'organisationWrong': string;
      'accent': string;
      'accentHint': string;
      'accentWrong': string;
      'picker': string;
      'everywhere': '{{ratio}}';
      'clerk-only': '{{ratio}}';
      'nowhere': '{{ratio}}';
      'logo': string;
      'logoHint': string;
      'noLogo': string;
      'chooseLogo': string;
      'removeLogo': string;
      'preview': string;
      'example': string;
    };
    'audit': {
      'text': string;
      'whole_one': '{{count}}';
      'whole_other': '{{count}}';
      'broken': '{{line}}';
      'cut': string;
      'search': string;
      'kind': string;
      'all': string;
      'export': string;
      'exported': string;
      'nothing': string;
      'when': string;
      'who': string;
      'what': string;
      'change': string;
      'unset': string;
      'roles': {
        'admin': string;
        'clerk': string;
        'station': string;
      };
      'actions': {
        'passphraseChosen': string;
        'passphraseRefused': string;
        'passwordChosen': string;
        'passwordChanged': string;
        'signedIn': string;
        'signInRefused': string;
        'signedOut': string;
        'settingChanged': string;
        'secretStored': string;
        'secretRemoved': string;
        'connectionTested': string;
        'recordsRemoved': string;
        'customerRemembered': string;
        'customerDataUsed': string;
        'customersRemoved': string;
        'listExported': string;
        'supportFileSaved': string;
      };
    };
    'health': {
      'text': string;
      'all': {
        'ok': string;
        'look': string;
        'broken': string;
      };
      'again': string;
      'save': string;
      'saved': string;
    };
    'changePassword': {
      'text': string;
      'current': string;
      'next': string;
      'change': string;
    };
    'error': {
      'wrongPassword': string;
      'wrongPassphrase': string;
      'wait': '{{seconds}}';
      'locked': string;
      'secretsLocked': string;
      'filePassword': string;
      'fileInvalid': string;
      'fileNoKey': string;
      'fileExpired': '{{from}} {{to}}';
      'transactionsOpen': string;
      'logo': string;
      'file': string;
      'invalid': string;
      'service': string;
      'other': '{{code}}';
    };
  };
  appearance: {
    'lines': [string, string, string];
    'sandbox': string;
    'signedBy': string;
  };
  changes: {
    'kinds': {
      'signatureAdded': '{{field}}';
      'signatureCopied': '{{field}}';
      'signatureChanged': '{{field}}';
      'signatureRemoved': '{{field}}';
      'documentTimestampAdded': '{{field}}';
      'validationDataAdded': string;
      'validationDataChanged': string;
      'fieldFilled': '{{field}}';
      'fieldOverwritten': '{{field}}';
      'fieldRedesigned': '{{field}}';
      'fieldAdded': '{{field}}';
      'fieldRemoved': '{{field}}';
      'annotationAdded': '{{annotation}}';
      'annotationChanged': '{{annotation}}';
      'annotationRemoved': '{{annotation}}';
      'pageContentChanged': string;
      'pageSettingChanged': '{{detail}}';
      'pageAdded': string;
      'pageRemoved': string;
      'pagesReordered': string;
      'layersChanged': string;
      'actionAdded': string;
      'permissionsChanged': string;
      'documentInformationChanged': string;
      'documentSettingChanged': '{{detail}}';
      'formSettingChanged': '{{detail}}';
      'catalogReplaced': string;
      'encryptionChanged': string;
      'technicalDeclarationAdded': string;
      'hiddenContentActivated': string;
      'unusedObjectAdded': string;
      'ambiguousObject': string;
      'unaccountedBytes': string;
      'revisionsNotContinued': string;
      'unreadable': string;
    };
    'reasons': {
      'certification': string;
      'fieldLock': string;
      'coversSignedContent': string;
      'coversPicture': string;
      'coversEarlierSignature': string;
      'drawsOnPage': string;
      'visibleAfterCertification': string;
      'notVerified': string;
      'acts': string;
    };
    'annotations': {
      'Text': string;
      'Link': string;
      'FreeText': string;
      'Highlight': string;
      'Underline': string;
      'StrikeOut': string;
      'Squiggly': string;
      'Stamp': string;
      'Ink': string;
      'FileAttachment': string;
      'Popup': string;
      'Redact': string;
      'Caret': string;
      'Line': string;
      'Square': string;
      'Circle': string;
      'Polygon': string;
      'PolyLine': string;
      'Watermark': string;
      'Sound': string;
      'Movie': string;
      'Screen': string;
      'RichMedia': string;
      '3D': string;
      'Widget': string;
    };
    'otherAnnotation': '{{type}}';
    'unknownAnnotation': string;
    'onPage': '{{page}}';
    'onNoPage': string;
    'nameless': string;
  };
  clerk: {
    'product': string;
    'newCustomer': string;
    'transactions': {
      'title': string;
      'today': string;
      'earlier': string;
      'none': string;
    };
    'state': {
      'created': string;
      'registered': string;
      'prepared': string;
      'reviewed': string;
      'otpSent': string;
      'signing': string;
      'signed': string;
      'delivered': string;
      'cancelled': string;
      'expired': string;
      'declined': string;
    };
    'steps': {
      'title': string;
      'documents': string;
      'identity': string;
      'placement': string;
      'handOver': string;
      'follow': string;
      'result': string;
    };
    'home': {
      'title': string;
      'text': string;
      'drop': string;
      'or': string;
      'choose': string;
    };
    'documents': {
      'title': string;
      'pages_one': '{{count}}';
      'pages_other': '{{count}}';
      'signedBefore_one': '{{count}}';
      'signedBefore_other': '{{count}}';
      'remove': '{{name}}';
      'add': string;
      'cannotSign': string;
      'continue': string;
      'examining': string;
      'noneUsable': string;
      'removeFirst': string;
      'preview': string;
      'moveUp': '{{name}}';
      'moveDown': '{{name}}';
      'locked': string;
      'password': string;
      'unlock': string;
      'wrongPassword': string;
      'sameAs': '{{names}}';
    };
    'identity': {
      'title': string;
      'text': string;
      'givenName': string;
      'surname1': string;
      'surname2': string;
      'documentType': string;
      'types': {
        'IDC': string;
        'PAS': string;
        'PNO': string;
        'TIN': string;
      };
      'documentCountry': string;
      'documentNumber': string;
      'email': string;
      'mobilePhone': string;
      'mobileHint': string;
      'language': string;
      'register': string;
      'registering': string;
      'back': string;
      'continue': string;
      'returning': '{{name}}';
      'lastSeen': '{{day}} {{phone}}';
      'useData': string;
      'dismissData': string;
      'registerAndHandOver': string;
      'noMobile': {
        'question': string;
        'sms': string;
        'voice': string;
        'email': string;
      };
      'oneName': string;
      'emailOptional': string;
      'emailNeeded': string;
      'numberDoubtful': '{{name}}';
    };
    'handOver': {
      'needsNetwork': string;
      'title': string;
      'signer': string;
      'phone': string;
      'documents': string;
      'secondDisplay': string;
      'turned': string;
      'choosePin': string;
      'pinHint': string;
      'start': string;
      'cancel': string;
      'interrupted': {
        'display': string;
        'lock': string;
        'idle': string;
        'crash': string;
      };
      'correct': string;
      'display': string;
      'displayNamed': '{{number}} {{size}}';
      'identify': string;
    };
    'application': {
      'title': string;
      'desk': string;
      'documents': string;
      'application': string;
      'wrongNumber': string;
      'ended': string;
      'signed': string;
      'state': {
        'documents': string;
        'desk': string;
        'application': string;
      };
    };
    'follow': {
      'title': string;
      'pages': '{{shown}} {{pages}}';
      'tries_one': '{{count}}';
      'tries_other': '{{count}}';
      'wrongNumber': string;
      'welcome': string;
      'reading': string;
      'agreement': string;
      'code': string;
      'signing': string;
      'done': string;
      'takeBack': string;
      'simulatedSms': string;
      'simulatedSmsText': string;
      'noSms': string;
      'correctNumber': string;
      'called': string;
      'answerCall': string;
      'delivery': {
        'sending': string;
        'accepted': '{{time}}';
        'failed': '{{time}}';
        'unknown': '{{time}}';
        'deliveredBy': {
          'sms': '{{time}}';
          'voice': '{{time}}';
          'email': '{{time}}';
        };
      };
      'codeUnconfirmed': string;
    };
    'result': {
      'title': string;
      'text': string;
      'savedIn': string;
      'reference': string;
      'showFolder': string;
      'next': string;
    };
    'ended': {
      'cancelledTitle': string;
      'cancelledText': string;
      'expiredTitle': string;
      'expiredText': string;
      'notSavedTitle': string;
      'notSavedText': string;
      'saveAgain': string;
      'interruptedTitle': string;
      'interruptedText': string;
      'startAgain': string;
      'declinedTitle': string;
      'declinedText': string;
    };
    'cancelDialog': {
      'title': string;
      'text': string;
      'confirm': string;
      'keep': string;
    };
    'showDocument': string;
    'appearance': {
      'label': string;
      'system': string;
      'light': string;
      'dark': string;
      'contrast': string;
    };
    'host': {
      'standIn': string;
    };
    'working': string;
    'failed': string;
    'administration': string;
    'unlock': {
      'title': string;
      'text': string;
      'passphrase': string;
      'open': string;
      'wrong': string;
      'wait': '{{seconds}}';
    };
    'placement': {
      'title': string;
      'text': string;
      'document': string;
      'forAll': string;
      'kind': string;
      'onPage': string;
      'inField': '{{name}}';
      'invisible': string;
      'certified': string;
      'certifiedField': string;
      'page': string;
      'firstPage': string;
      'lastPage': string;
      'pageNumber': string;
      'number': string;
      'x': string;
      'y': string;
      'width': string;
      'height': string;
      'box': string;
      'boxHelp': string;
      'boxAt': '{{x}} {{y}} {{width}} {{height}}';
      'fieldBox': '{{name}}';
      'drawing': string;
      'tooSmall': string;
      'template': string;
      'noTemplate': string;
      'recognised': '{{name}}';
      'saveTemplate': string;
      'templateName': string;
      'save': string;
      'removeTemplate': string;
      'back': string;
      'tooSmallTitle': string;
      'tooSmallText': string;
      'removeTitle': '{{name}}';
      'removeText': string;
      'keepTemplate': string;
    };
    'drafts': {
      'title': string;
      'unnamed': string;
      'documents_one': '{{count}}';
      'documents_other': '{{count}}';
      'remove': '{{name}}';
      'removeTitle': string;
      'removeText': '{{name}}';
      'removeConfirm': string;
    };
    'live': {
      'called': string;
      'label': string;
    };
    'wait': {
      'long': string;
      'stop': string;
    };
    'refused': '{{names}}';
    'pictures': {
      'title': string;
      'text': string;
      'front': string;
      'rear': string;
      'holder': string;
      'there': string;
      'camera': '{{name}}';
      'file': '{{name}}';
      'remove': '{{name}}';
      'take': string;
      'close': string;
      'noCamera': string;
      'reading': string;
      'read': string;
      'expired': string;
      'unreadable': string;
    };
    'shortcuts': {
      'title': string;
      'close': string;
      'newCustomer': string;
      'add': string;
      'verify': string;
      'enter': string;
      'list': string;
    };
  };
  common: {
    'languageName': string;
    'sandbox': {
      'label': string;
      'text': string;
    };
    'step': {
      'done': string;
      'now': string;
      'next': string;
    };
    'document': {
      'region': '{{name}}';
      'toolbar': string;
      'opening': string;
      'failed': string;
      'page': '{{page}} {{pages}}';
      'previousPage': string;
      'nextPage': string;
      'zoomIn': string;
      'zoomOut': string;
      'fitWidth': string;
      'search': string;
      'matches': '{{current}} {{total}}';
      'noMatch': string;
      'pages': string;
      'goToPage': '{{page}}';
      'toEnd': string;
      'asPrinted': string;
      'showingPrint': string;
      'tooSmall': string;
      'notDrawn': '{{page}}';
    };
    'progress': {
      'importing': '{{document}} {{documents}}';
      'registering': string;
      'preparing': '{{document}} {{documents}}';
      'signing': string;
      'embedding': '{{document}} {{documents}}';
      'augmenting': '{{document}} {{documents}}';
      'verifying': '{{document}} {{documents}}';
      'delivering': '{{document}} {{documents}}';
    };
    'language': string;
  };
  consent: {
    'version': string;
    'certificate': string;
    'theDocument': string;
    'document': '{{name}}';
  };
  doctor: {
    'topic': {
      'program': string;
      'runtime': string;
      'service': string;
      'sms': string;
      'clock': string;
      'timestamp': string;
      'certificate': string;
      'revocation': string;
      'secrets': string;
      'data': string;
      'permissions': string;
      'disk': string;
      'proxy': string;
      'display': string;
      'printer': string;
    };
    'outcome': {
      'ok': string;
      'look': string;
      'broken': string;
    };
    'found': {
      'version': '{{version}} {{system}}';
      'runtimeSupported': '{{name}} {{runtime}} {{date}}';
      'runtimeEnding': '{{name}} {{runtime}} {{days}} {{date}}';
      'runtimeEnded': '{{name}} {{runtime}} {{date}}';
      'runtimeUnknown': '{{name}} {{runtime}}';
      'runtimeTooOld': '{{name}} {{runtime}}';
      'serviceAnswers': '{{name}} {{version}} {{host}}';
      'serviceSandbox': '{{host}}';
      'serviceInUse': string;
      'serviceNotReady': '{{host}} {{parts}}';
      'serviceFailed': '{{code}} {{message}}';
      'nameUnknown': '{{host}}';
      'refused': '{{host}}';
      'noAnswer': '{{host}}';
      'untrusted': '{{host}} {{issuer}}';
      'wrongName': '{{host}}';
      'expired': '{{host}}';
      'clientCertificateNeeded': '{{host}}';
      'clientCertificateRefused': '{{host}}';
      'profileUnknown': '{{profile}} {{profiles}}';
      'noAnchor': string;
      'otherAuthority': string;
      'notStored': string;
      'refusedCredentials': string;
      'notReached': string;
      'smsReady': string;
      'smsSimulated': string;
      'smsFailed': string;
      'clockRight': '{{seconds}}';
      'clockApart': '{{seconds}}';
      'timestampGiven': '{{url}}';
      'timestampNone': string;
      'timestampNoAnswer': '{{url}} {{code}}';
      'timestampUntrusted': '{{url}}';
      'certificateGood': '{{subject}} {{days}} {{date}}';
      'certificateEnding': '{{subject}} {{days}} {{date}}';
      'certificateEnded': '{{subject}} {{date}}';
      'certificateNotYet': '{{subject}} {{date}}';
      'certificateNone': string;
      'listGood': '{{url}} {{days}} {{date}}';
      'listEnded': '{{url}} {{date}}';
      'listNoAnswer': '{{url}}';
      'listNone': string;
      'keychain': string;
      'passphraseFile': string;
      'secretsLocked': string;
      'secretsNotNeeded': string;
      'dataGood': '{{folder}}';
      'dataNew': '{{folder}}';
      'dataInUse': '{{folder}}';
      'dataUnusable': '{{folder}} {{why}}';
      'permissionsGood': '{{folder}}';
      'permissionsReadable': '{{folder}}';
      'permissionsWritable': '{{folder}}';
      'permissionsForeign': '{{folder}}';
      'diskRoom': '{{megabytes}} {{folder}}';
      'diskLow': '{{megabytes}} {{folder}}';
      'diskFull': '{{folder}} {{megabytes}}';
      'proxyNone': string;
      'proxyUnused': '{{variables}}';
      'displays': '{{count}}';
      'displayNone': string;
      'displayNotNeeded': string;
      'printers': '{{count}}';
      'printerNone': string;
      'printerNotNeeded': string;
      'checkFailed': '{{why}}';
    };
    'advice': {
      'runtimeEnded': string;
      'runtimeTooOld': string;
      'serviceNotReady': string;
      'serviceFailed': string;
      'nameUnknown': string;
      'refused': string;
      'noAnswer': string;
      'untrusted': string;
      'wrongName': string;
      'expired': string;
      'clientCertificateNeeded': string;
      'clientCertificateRefused': string;
      'profileUnknown': string;
      'noAnchor': string;
      'otherAuthority': string;
      'notStored': string;
      'refusedCredentials': string;
      'notReached': string;
      'smsFailed': string;
      'clockApart': string;
      'timestampNoAnswer': string;
      'timestampUntrusted': string;
      'certificateEnding': string;
      'certificateEnded': string;
      'certificateNotYet': string;
      'listEnded': string;
      'listNoAnswer': string;
      'passphraseFile': string;
      'secretsLocked': string;
      'dataUnusable': string;
      'permissionsReadable': string;
      'permissionsWritable': string;
      'permissionsForeign': string;
      'diskLow': string;
      'diskFull': string;
      'proxyUnused': string;
      'displayNone': string;
      'printerNone': string;
      'checkFailed': string;
    };
  };
  errors: {
    'OSS_PDF_EMPTY': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_NOT_A_PDF': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_HEADER_JUNK': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_TRUNCATED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_XREF_DAMAGED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_DAMAGED_SIGNED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_MALFORMED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_LIMIT': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_PASSWORD_NEEDED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_ENCRYPTION_UNSUPPORTED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_PERMISSION_DENIED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_CERTIFIED_NO_CHANGES': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_CERTIFIED_INVISIBLE_ONLY': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_FIELD_LOCKED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_FIELD_UNUSABLE': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_EARLIER_SIGNATURE_INVALID': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_WOULD_NOT_VERIFY': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_PAGE_NOT_FOUND': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_RECTANGLE_INVALID': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_IMAGE_INVALID': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_TEXT_UNSUPPORTED': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_CONTENTS_OVERFLOW': {
      'message': string;
      'action': string;
    };
    'OSS_PDF_NO_SIGNATURE': {
      'message': string;
      'action': string;
    };
    'OSS_WORK_TIME_LIMIT': {
      'message': string;
      'action': string;
    };
    'OSS_WORK_MEMORY_LIMIT': {
      'message': string;
      'action': string;
    };
    'OSS_WORK_CRASHED': {
      'message': string;
      'action': string;
    };
    'OSS_SET_ASIDE': {
      'message': string;
      'action': string;
    };
    'OSS_FILE_NOT_FOUND': {
      'message': string;
      'action': string;
    };
    'OSS_FILE_EXISTS': {
      'message': string;
      'action': string;
    };
    'OSS_FILE_WRITE_FAILED': {
      'message': string;
      'action': string;
    };
    'OSS_FOLDER_UNUSABLE': {
      'message': string;
      'action': string;
    };
    'OSS_FILE_CHANGED': {
      'message': string;
      'action': string;
    };
    'OSS_PRINT_FAILED': {
      'message': string;
      'action': string;
    };
    'OSS_DUPLICATE_DOCUMENT': {
      'message': string;
      'action': string;
    };
    'OSS_DATA_IN_USE': {
      'message': string;
      'action': string;
    };
    'OSS_TRANSACTION_NOT_FOUND': {
      'message': string;
      'action': string;
    };
    'OSS_TRANSACTION_STATE': {
      'message': string;
      'action': string;
    };
    'OSS_STOPPED': {
      'message': string;
      'action': string;
    };
    'OSS_TRANSACTION_BUSY': {
      'message': string;
      'action': string;
    };
    'OSS_JOURNAL_DAMAGED': {
      'message': string;
      'action': string;
    };
    'OSS_JOURNAL_UNKNOWN': {
      'message': string;
      'action': string;
    };
    'OSS_RECORD_DAMAGED': {
      'message': string;
      'action': string;
    };
    'OSS_DISK_FULL': {
      'message': string;
      'action': string;
    };
    'OSS_TOO_MANY_FILES': {
      'message': string;
      'action': string;
    };
    'OSS_EVIDENCE_NOT_WRITTEN': {
      'message': string;
      'action': string;
    };
    'OSS_EVIDENCE_NOT_FOUND': {
      'message': string;
      'action': string;
    };
    'OSS_EVIDENCE_DAMAGED': {
      'message': string;
      'action': string;
    };
    'OSS_REQUEST_INVALID': {
      'message': string;
      'action': string;
    };
    'OSS_CREDENTIALS_INVALID': {
      'message': string;
      'action': string;
    };
    'OSS_FORBIDDEN': {
      'message': string;
      'action': string;
    };
    'OSS_NOT_FOUND': {
      'message': string;
      'action': string;
    };
    'OSS_REQUEST_NOT_FOUND': {
      'message': string;
      'action': string;
    };
    'OSS_REQUEST_STATE': {
      'message': string;
      'action': string;
    };
    'OSS_REQUEST_EXPIRED': {
      'message': string;
      'action': string;
    };
    'OSS_PROFILE_UNKNOWN': {
      'message': string;
      'action': string;
    };
    'OSS_PAYLOAD_TOO_LARGE': {
      'message': string;
      'action': string;
    };
    'OSS_RATE_LIMITED': {
      'message': string;
      'action': string;
    };
    'OSS_IDEMPOTENCY_CONFLICT': {
      'message': string;
      'action': string;
    };
    'OSS_OTP_REFUSED': {
      'message': string;
      'action': string;
    };
    'OSS_OTP_TOO_SOON': {
      'message': string;
      'action': string;
    };
    'OSS_OTP_LIMIT': {
      'message': string;
      'action': string;
    };
    'OSS_OTP_DELIVERY_FAILED': {
      'message': string;
      'action': string;
    };
    'OSS_OTP_SANDBOX_ONLY': {
      'message': string;
      'action': string;
    };
    'OSS_SIGNING_DIGESTS_CHANGED': {
      'message': string;
      'action': string;
    };
    'OSS_SIGNING_PREPARED_TOO_LONG_AGO': {
      'message': string;
      'action': string;
    };
    'OSS_SIGNING_CLOCK_SKEW': {
      'message': string;
      'action': string;
    };
    'OSS_SIGNING_IN_PROGRESS': {
      'message': string;
      'action': string;
    };
    'OSS_SIGNING_DONE': {
      'message': string;
      'action': string;
    };
    'OSS_SIGNING_INTERRUPTED': {
      'message': string;
      'action': string;
    };
    'OSS_CERTIFICATE_LINT': {
      'message': string;
      'action': string;
    };
    'OSS_KEYS_UNAVAILABLE': {
      'message': string;
      'action': string;
    };
    'OSS_DATABASE_UNAVAILABLE': {
      'message': string;
      'action': string;
    };
    'OSS_TIME_NOT_AVAILABLE': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_UNREACHABLE': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_TIMEOUT': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_FAILED': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_NONSENSE': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_WRONG_DIGEST': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_WRONG_CHAIN': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_WRONG_SUBJECT': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_WRONG_SIGNATURE': {
      'message': string;
      'action': string;
    };
    'OSS_SERVICE_WRONG_TIMESTAMP': {
      'message': string;
      'action': string;
    };
    'OSS_CALLBACK_FAILED': {
      'message': string;
      'action': string;
    };
    'OSS_SOURCE_FAILED': {
      'message': string;
      'action': string;
    };
    'OSS_TIMESTAMP_FAILED': {
      'message': string;
      'action': string;
    };
    'OSS_VALIDATION_DATA_MISSING': {
      'message': string;
      'action': string;
    };
    'OSS_LEVEL_NOT_POSSIBLE': {
      'message': string;
      'action': string;
    };
    'OSS_ANCHOR_NEEDED': {
      'message': string;
      'action': string;
    };
    'OSS_ADMIN_LOCKED': {
      'message': string;
      'action': string;
    };
    'OSS_ADMIN_PASSWORD_WRONG': {
      'message': string;
      'action': string;
    };
    'OSS_SECRETS_LOCKED': {
      'message': string;
      'action': string;
    };
    'OSS_TRANSACTIONS_OPEN': {
      'message': string;
      'action': string;
    };
    'OSS_CERTIFICATE_FILE_PASSWORD': {
      'message': string;
      'action': string;
    };
    'OSS_CERTIFICATE_FILE_INVALID': {
      'message': string;
      'action': string;
    };
    'OSS_CERTIFICATE_FILE_NO_KEY': {
      'message': string;
      'action': string;
    };
    'OSS_CERTIFICATE_FILE_EXPIRED': {
      'message': string;
      'action': string;
    };
    'OSS_LOGO_INVALID': {
      'message': string;
      'action': string;
    };
    'OSS_CONFIG_INVALID': {
      'message': string;
      'action': string;
    };
    'OSS_CONFIG_UNSAFE': {
      'message': string;
      'action': string;
    };
    'OSS_USAGE': {
      'message': string;
      'action': string;
    };
    'OSS_CANCELLED': {
      'message': string;
      'action': string;
    };
    'OSS_INTERNAL': {
      'message': string;
      'action': string;
    };
  };
  identity: {
    'fields': {
      'givenName': string;
      'surname1': string;
      'surname2': string;
      'organisation': string;
      'officer': string;
      'reason': string;
      'location': string;
      'text': string;
    };
    'name': {
      'missing': '{{field}}';
      'tooLong': '{{field}}';
      'invisible': '{{field}}';
      'noLetter': '{{field}}';
      'character': '{{field}}';
    };
    'phone': {
      'prefixMissing': string;
      'unknown': string;
      'landline': string;
      'freephone': string;
      'premiumRate': string;
      'sharedCost': string;
      'voip': string;
      'pager': string;
      'companyNumber': string;
      'voicemail': string;
    };
    'documentNumber': {
      'missing': string;
      'tooLong': string;
      'character': string;
      'check': string;
    };
    'documentType': string;
    'country': string;
    'email': string;
    'language': string;
    'glyph': '{{field}} {{character}} {{codePoint}} {{script}}';
  };
  notes: {
    'repaired': string;
    'alreadySigned': '{{names}}';
    'changedAfterSigning': '{{names}}';
    'certified': string;
    'fieldsLocked': string;
    'passwordProtected': string;
    'restricted': '{{uses}}';
    'form': string;
    'needAppearances': string;
    'xfaForm': string;
    'javaScript': string;
    'launchAction': string;
    'dataAction': string;
    'layers': '{{hidden}} {{layers}}';
    'fontsNotEmbedded': '{{names}}';
    'incompletePages': '{{names}}';
    'drawnDifferently': '{{names}}';
    'printDiffers': '{{names}}';
    'valuesDiffer': '{{names}}';
    'attachments': '{{files}}';
    'unreadableParts': string;
    'emptySignatureFields': '{{names}}';
    'revisions': '{{revisions}}';
    'hybridReference': string;
    'untagged': string;
    'pdfA': '{{part}}';
    'partlyExamined': string;
    'uses': {
      'print': string;
      'change': string;
      'copy': string;
      'annotate': string;
      'fillForms': string;
    };
  };
  report: {
    'page': '{{page}} {{pages}}';
    'sandboxMark': string;
    'sandbox': string;
    'evidence': {
      'title': string;
      'subtitle': '{{id}}';
      'outcome': {
        'signed': '{{name}} {{date}}';
        'declined': '{{name}} {{date}}';
        'cancelled': '{{date}}';
        'expired': '{{date}}';
      };
      'signer': string;
      'name': string;
      'idDocument': string;
      'phone': string;
      'organisation': string;
      'registrationAuthority': string;
      'service': string;
      'serviceName': string;
      'request': string;
      'contract': string;
      'contractPages': string;
      'document': '{{number}} {{name}}';
      'pages': string;
      'pagesShown': '{{shown}} {{pages}}';
      'shown': string;
      'digest': string;
      'digestUnsigned': string;
      'file': string;
      'fileHash': string;
      'level': string;
      'result': string;
      'timestamp': string;
      'token': string;
      'documentTimestamp': string;
      'consent': string;
      'wording': string;
      'wordingOf': '{{version}} {{language}}';
      'given': string;
      'sentence': '{{number}}';
      'assurance': string;
      'weaker': {
        'voice': string;
        'email': string;
      };
      'code': string;
      'sent': string;
      'sentTo': '{{date}} {{phone}}';
      'delivery': string;
      'reference': string;
      'attempts': string;
      'accepted': '{{date}}';
      'refused': '{{date}}';
      'certificate': string;
      'subject': string;
      'issuer': string;
      'serial': string;
      'validity': string;
      'fingerprint': string;
      'events': string;
      'later': string;
      'record': string;
      'number': string;
      'station': string;
      'hash': string;
      'previous': string;
      'sealed': string;
      'note': string;
      'documentRefused': string;
    };
    'idType': {
      'IDC': string;
      'PAS': string;
      'PNO': string;
      'TIN': string;
    };
    'event': {
      'created': string;
      'registering': string;
      'registered': string;
      'prepared': string;
      'reviewed': string;
      'codeRequesting': string;
      'codeSent': string;
      'signing': string;
      'refused': string;
      'issued': string;
      'signed': string;
      'sourceAsked': string;
      'augmented': string;
      'verified': string;
      'delivered': string;
      'failed': string;
      'cancelled': string;
      'expired': string;
      'handedOver': string;
      'begun': string;
      'pagesShown': string;
      'consented': string;
      'phoneDisputed': string;
      'declined': string;
      'takenBack': string;
      'documentsRefused': string;
      'pagesNotDrawn': string;
    };
    'verdict': {
      'valid': string;
      'invalid': string;
      'undecided': string;
    };
    'check': {
      'integrity': {
        'passed': string;
        'failed': string;
        'undecided': string;
        'none': string;
      };
      'coverage': {
        'passed': string;
        'failed': string;
        'undecided': string;
        'none': string;
      };
      'changes': {
        'passed': string;
        'failed': string;
        'undecided': string;
        'none': string;
      };
      'certificate': {
        'passed': string;
        'failed': string;
        'undecided': string;
        'none': string;
      };
      'chain': {
        'passed': string;
        'failed': string;
        'undecided': string;
        'none': string;
      };
      'timestamp': {
        'passed': string;
        'failed': string;
        'undecided': string;
        'none': string;
      };
      'revocation': {
        'passed': string;
        'failed': string;
        'undecided': string;
        'none': string;
      };
    };
    'verification': {
      'title': string;
      'subtitle': '{{name}}';
      'verdict': {
        'valid': string;
        'invalid': string;
        'undecided': string;
      };
      'checkedAt': string;
      'file': string;
      'fileHash': string;
      'signature': '{{number}} {{name}}';
      'documentTimestamp': '{{name}}';
      'verdictLabel': string;
      'signedBy': string;
      'issuer': string;
      'anchor': string;
      'serial': string;
      'claimed': string;
      'proven': string;
      'notProven': string;
      'covers': string;
      'wholeFile': string;
      'version': '{{version}} {{versions}} {{bytes}}';
      'level': string;
      'noLevel': string;
      'singleUse': string;
      'details': string;
      'note': string;
    };
  };
  results: {
    'copies': string;
    'open': '{{name}}';
    'print': '{{name}}';
    'check': '{{name}}';
    'documents': string;
    'evidence': {
      'title': string;
      'text': string;
      'save': string;
      'print': string;
    };
    'saved_one': '{{names}}';
    'saved_other': '{{names}}';
    'printed': string;
    'printing': string;
  };
  service: {
    'sms_one': '{{issuer}} {{count}} {{reference}} {{minutes}} {{code}}';
    'sms_other': '{{issuer}} {{count}} {{reference}} {{minutes}} {{code}}';
    'contract': {
      'title': string;
      'subtitle': string;
      'sandbox': string;
      'parties': '{{issuer}}';
      'signer': string;
      'request': string;
      'name': string;
      'idDocument': string;
      'email': string;
      'phone': string;
      'organisation': string;
      'requestId': string;
      'validity': string;
      'minutes_one': '{{count}}';
      'minutes_other': '{{count}}';
      'registrationAuthority': string;
      'officer': string;
      'date': string;
      'idType': {
        'IDC': string;
        'PAS': string;
        'PNO': string;
        'TIN': string;
      };
      'termsTitle': string;
      'terms': [string, string, string, string, string, string, string, '{{cpsUri}}'];
      'privacyTitle': string;
      'privacy': ['{{issuer}}', string, string, string, string];
      'page': '{{page}} {{pages}}';
      'sandboxMark': string;
    };
  };
  signer: {
    'progress': '{{step}} {{steps}} {{name}}';
    'steps': {
      'welcome': string;
      'reading': string;
      'agreement': string;
      'code': string;
    };
    'textSize': string;
    'contrast': string;
    'welcome': {
      'greeting': '{{name}}';
      'purpose_one': '{{organisation}} {{count}}';
      'purpose_other': '{{organisation}} {{count}}';
      'notYou': string;
      'how': string;
      'read': string;
      'agree': string;
      'code': '{{phone}}';
      'privacy': string;
      'begin': string;
    };
    'reading': {
      'title': string;
      'contract': string;
      'document': '{{number}} {{count}}';
      'shown': '{{shown}} {{pages}}';
      'nextDocument': string;
      'finish': string;
      'pagesLeft_one': '{{count}}';
      'pagesLeft_other': '{{count}}';
      'documents': string;
      'readOn': string;
      'signatureHere': string;
      'chooseDocument': '{{number}} {{count}}';
      'incomplete': '{{pages}}';
      'showSignature': string;
      'allShown': string;
    };
    'agreement': {
      'title': string;
      'text': string;
      'phone': '{{phone}}';
      'wrongNumber': string;
      'agree': string;
      'sending': string;
      'readAgain': string;
      'partText': string;
      'partTitle': '{{agreed}} {{count}}';
      'tickFirst': string;
      'cannot': string;
      'partConfirm': string;
      'partBack': string;
    };
    'code': {
      'title': string;
      'sentTo': '{{phone}}';
      'reference': string;
      'compare': string;
      'label': string;
      'hint': '{{count}}';
      'expires': '{{time}}';
      'expired': string;
      'tries_one': '{{count}}';
      'tries_other': '{{count}}';
      'noTries': string;
      'resend': string;
      'resendIn': '{{seconds}}';
      'resent': string;
      'wrongNumber': string;
      'wrongNumberTold': string;
      'sign': string;
      'tooShort': '{{count}}';
      'notReceived': string;
      'help': {
        'wait': string;
        'phone': '{{phone}}';
        'again': string;
        'ask': string;
      };
      'unconfirmed': string;
    };
    'signing': {
      'title': string;
      'text': string;
    };
    'done': {
      'title': '{{name}}';
      'text_one': string;
      'text_other': '{{count}}';
      'copy': string;
      'certificate': string;
      'finish': string;
      'notSigned': string;
    };
    'declined': {
      'title': string;
      'text': string;
    };
    'decline': {
      'button': string;
      'title': string;
      'text': string;
      'confirm': string;
      'keep': string;
    };
    'giveBack': {
      'button': string;
      'title': string;
      'text': string;
      'pin': string;
      'confirm': string;
      'stay': string;
      'wrong': string;
    };
    'error': {
      'refused': string;
      'tooSoon': string;
      'limit': string;
      'delivery': string;
      'unreachable': string;
      'wait': '{{seconds}}';
      'other': string;
    };
    'idle': {
      'title': string;
      'text_one': '{{count}}';
      'text_other': '{{count}}';
      'stay': string;
      'coveredTitle': string;
      'coveredText': string;
      'goOn': string;
    };
    'readAloud': {
      'start': string;
      'stop': string;
    };
    'waiting': {
      'welcome': string;
      'display': '{{number}}';
    };
    'certificate': {
      'question': string;
      'answer': string;
    };
    'call': {
      'button': string;
      'called': string;
    };
    'sms': {
      'title': string;
      'text': string;
      'none': string;
    };
    'wait': {
      'long': string;
      'stop': string;
    };
    'aids': string;
    'aidsClose': string;
  };
  verify: {
    'open': string;
    'title': string;
    'text': string;
    'drop': string;
    'or': string;
    'choose': string;
    'another': string;
    'checking': '{{name}}';
    'checked': '{{done}} {{total}}';
    'stop': string;
    'result': string;
    'saveReport': string;
    'printReport': string;
    'timeLocal': '{{time}}';
    'checks': string;
    'detail': string;
    'password': string;
    'openWithPassword': string;
    'problem': {
      'unsigned': {
        'title': string;
        'text': string;
      };
      'password': {
        'title': string;
        'text': string;
      };
      'wrongPassword': {
        'title': string;
        'text': string;
      };
      'encrypted': {
        'title': string;
        'text': string;
      };
      'damaged': {
        'title': string;
        'text': string;
      };
      'notPdf': {
        'title': string;
        'text': string;
      };
      'gone': {
        'title': string;
        'text': string;
      };
      'stopped': {
        'title': string;
        'text': string;
      };
      'unreachable': {
        'title': string;
        'text': string;
      };
      'other': {
        'title': string;
        'text': string;
      };
    };
  };
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: EnglishTexts;
    strictInterpolationChecks: true;
  }
}
