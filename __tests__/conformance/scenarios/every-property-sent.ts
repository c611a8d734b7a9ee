/** What the API gets of `everyProperty`, at its own names. */
export const everyPropertySent = {
  authenticationSettings: {
    allowSessionUpgrade: true,
    enabled: true,
    integrationId: "5a9db0c5-0000-4000-8000-000000000021",
  },
  cobrowse: {
    allowAgentControl: true,
    allowAgentNavigation: true,
    allowDraw: false,
    channels: ["Webmessaging", "Voice"],
    enabled: true,
    maskSelectors: [".card-number", "#secret"],
    pauseCriteria: [
      { condition: "Includes", urlFragment: "/checkout" },
      { condition: "EndsWith", urlFragment: "/pay" },
    ],
    readonlySelectors: [".total"],
  },
  customI18nLabels: [
    {
      language: "en-us",
      localizedLabels: [
        { key: "MessengerHomeHeaderTitle", value: "Hello" },
        { key: "MessengerHomeHeaderSubTitle", value: "How can we help?" },
      ],
    },
    { language: "de", localizedLabels: [{ key: "MessengerHomeHeaderTitle", value: "Grüß Gott" }] },
  ],
  defaultLanguage: "en-us",
  description: "Every property there is",
  headlessMode: { enabled: true },
  journeyEvents: {
    clickEvents: [{ eventName: "buy", selector: "#buy" }],
    enabled: true,
    excludedQueryParameters: ["old"],
    formsTrackEvents: [
      { captureDataOnFormAbandon: true, captureDataOnFormSubmit: false, formName: "order", selector: "form" },
    ],
    idleEvents: [{ eventName: "idle", idleAfterSeconds: 30 }],
    inViewportEvents: [{ eventName: "seen", selector: "#offer" }],
    pageviewConfig: "Auto",
    scrollDepthEvents: [{ eventName: "read", percentage: 75 }],
    searchQueryParameters: ["q"],
    shouldKeepUrlFragment: true,
    trackingSettings: {
      excludedQueryParameters: ["token"],
      ipFilters: [{ ipAddress: "192.0.2.0/24", name: "office" }],
      searchQueryParameters: ["query"],
      shouldKeepUrlFragment: true,
    },
  },
  languages: ["en-us", "de"],
  messenger: {
    apps: {
      conversations: {
        autoStart: { enabled: true },
        conversationClear: { enabled: true },
        conversationDisconnect: { enabled: true, type: "Send" },
        enabled: true,
        humanize: { bot: { avatarUrl: "https://www.example.com/bot.png", name: "Bot" }, enabled: true },
        markdown: { enabled: true },
        notifications: { enabled: true, notificationContentType: "IncludeMessagesContent" },
        sessionDurationSeconds: 3600,
        showAgentTypingIndicator: true,
        showUserTypingIndicator: false,
      },
      knowledge: { enabled: true, knowledgeBase: { id: "5a9db0c5-0000-4000-8000-000000000031" } },
    },
    enabled: true,
    fileUpload: { enableAttachments: true, modes: [{ fileTypes: ["image/png", "image/jpeg"], maxFileSizeKB: 10240 }] },
    homeScreen: { enabled: true, logoUrl: "https://www.example.com/logo.png" },
    launcherButton: {
      displayType: "IconAndText",
      icon: { url: "https://www.example.com/icon.svg" },
      visibility: "OnDemand",
    },
    sessionPersistenceType: "AcrossSubdomains",
    styles: { primaryColor: "#0055ff" },
  },
  name: "Everything",
  position: { alignment: "Left", bottomSpace: 12, sideSpace: 20 },
  supportCenter: {
    customMessages: [{ defaultValue: "Welcome", type: "Welcome" }],
    enabled: true,
    enabledCategories: [{ id: "orders", image: { source: { defaultUrl: "https://www.example.com/orders.png" } } }],
    feedback: { enabled: true },
    knowledgeBase: { id: "5a9db0c5-0000-4000-8000-000000000031" },
    labelFilter: { labels: [{ id: "one" }, { id: "two" }] },
    routerType: "Browser",
    screens: [
      {
        moduleSettings: [
          { compactCategoryModuleTemplate: { active: true }, enabled: true, type: "Search" },
          {
            compactCategoryModuleTemplate: { active: false },
            detailedCategoryModuleTemplate: { active: true, sidebar: { enabled: true } },
            enabled: true,
            type: "Categories",
          },
        ],
        type: "Home",
      },
    ],
    styleSetting: {
      globalStyle: {
        backgroundColor: "#ffffff",
        fontFamily: "Inter",
        primaryColor: "#0055ff",
        primaryColorDark: "#003399",
        primaryColorLight: "#99bbff",
        textColor: "#111111",
      },
      heroStyle: {
        backgroundColor: "#ffffff",
        image: { source: { defaultUrl: "https://www.example.com/hero.png" } },
        textColor: "#111111",
      },
    },
  },
  video: {
    agent: {
      allowCamera: true,
      allowMicrophone: true,
      allowScreenShare: true,
      background: "IMAGE",
      backgroundImage: { url: "https://www.example.com/office.jpg" },
    },
    enabled: true,
    user: { allowCamera: true, allowMicrophone: true, allowScreenShare: true },
  },
};

/** What it gets when the shop's deployment is created with `everyDeploymentProperty`: everything but the status. */
export const everyDeploymentPropertySent = {
  name: "Shop",
  description: "Every property there is",
  allowAllDomains: false,
  allowedDomains: ["example.com", "www.example.com"],
  configuration: { id: "{configuration}", version: "1" },
  flow: { id: "5a9db0c5-0000-4000-8000-000000000011" },
  supportedContent: { id: "5a9db0c5-0000-4000-8000-000000000041" },
  pushIntegrations: [{ id: "5a9db0c5-0000-4000-8000-000000000021", provider: "APNS" }],
};
