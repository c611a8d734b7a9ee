import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";

type Properties = Omit<WebMessengerProps, "environment" | "region" | "overrides">;

/** Deprecated, and of no effect; but an existing configuration may hold them. */
const ignoredByGenesys = {
  excludedQueryParameters: ["token"],
  searchQueryParameters: ["query"],
  shouldKeepUrlFragment: false,
};

/** Properties of a configuration that name no other object of the organisation. */
export const ofConfigurationAlone = {
  languages: ["en-us", "de"],
  messengerEnabled: true,
  headlessModeEnabled: false,
  sessionPersistenceType: "AcrossSubdomains",
  launcher: { visibility: "OnDemand", displayType: "IconAndText", iconUrl: "https://www.example.com/icon.svg" },
  conversations: {
    enabled: true,
    showAgentTypingIndicator: true,
    showUserTypingIndicator: false,
    autoStartEnabled: true,
    conversationClearEnabled: true,
    markdownEnabled: false,
    sessionDurationSeconds: 86400,
    conversationDisconnect: { enabled: true, type: "ReadOnly" },
    humanize: { enabled: true, bot: { name: "Robin", avatarUrl: "https://www.example.com/robin.png" } },
    notifications: { enabled: false, notificationContentType: "ExcludeMessagesContent" },
  },
  homeScreen: { enabled: true, logoUrl: "https://www.example.com/logo.svg" },
  styles: { primaryColor: "#0b5fff" },
  position: { alignment: "Right", sideSpace: 20, bottomSpace: 40 },
  fileUpload: { enableAttachments: true, modes: [{ fileTypes: ["image/png", "image/jpeg"], maxFileSizeKb: 5120 }] },
  labels: { "en-us": { MessengerHomeHeaderTitle: "How can we help?" } },
  journeyEvents: {
    enabled: true,
    pageviewConfig: "Once",
    clickEvents: [{ eventName: "buy", selector: "#buy" }],
    formTrackEvents: [
      { formName: "order", selector: "form#order", captureDataOnFormAbandon: false, captureDataOnFormSubmit: true },
    ],
    idleEvents: [{ eventName: "idle", idleAfterSeconds: 60 }],
    inViewportEvents: [{ eventName: "prices", selector: ".prices" }],
    scrollDepthEvents: [{ eventName: "half", percentage: 50 }],
    trackingSettings: {
      excludedQueryParameters: ["session"],
      searchQueryParameters: ["q"],
      shouldKeepUrlFragment: true,
      ipFilters: [{ ipAddress: "192.0.2.0", name: "Office" }],
    },
    ...ignoredByGenesys,
  },
  cobrowse: {
    enabled: true,
    allowAgentControl: false,
    allowAgentNavigation: true,
    allowDraw: true,
    channels: ["Webmessaging", "Voice"],
    maskSelectors: [".secret"],
    readonlySelectors: [".total"],
    pauseCriteria: [{ urlFragment: "/payment", condition: "Includes" }],
  },
} satisfies Partial<Properties>;

/** A Messenger with a value for every property that there is. */
export const everyProperty: Properties = {
  ...ofConfigurationAlone,
  name: "Storefront",
  description: "The Messenger of the shop",
  flow: { id: "flow-1" },
  supportedContent: { id: "content-1" },
  pushIntegrations: [{ id: "push-1", provider: "APNS" }],
  configurationName: "Storefront configuration",
  configurationDescription: "How the Messenger of the shop looks and behaves",
  defaultLanguage: "en-us",
  knowledge: { enabled: true, knowledgeBaseId: "knowledge-1" },
  authentication: { enabled: true, integrationId: "integration-1", allowSessionUpgrade: true },
  video: {
    enabled: true,
    agent: {
      allowCamera: true,
      allowMicrophone: true,
      allowScreenShare: false,
      background: "BLUR",
      backgroundImageUrl: "https://www.example.com/wall.jpg",
    },
    user: { allowCamera: true, allowMicrophone: true, allowScreenShare: true },
  },
  supportCenter: {
    enabled: true,
    feedbackEnabled: true,
    knowledgeBaseId: "knowledge-2",
    routerType: "Browser",
    customMessages: [{ type: "Welcome", defaultValue: "Ask away" }],
    enabledCategories: [{ categoryId: "category-1", imageUri: "https://www.example.com/category.png" }],
    labelIds: ["label-1"],
    screens: [
      {
        type: "Home",
        moduleSettings: [
          {
            type: "Search",
            enabled: true,
            compactCategoryModuleTemplateActive: true,
            detailedCategoryModuleTemplate: { active: true, sidebarEnabled: false },
          },
        ],
      },
    ],
    styleSetting: {
      globalStyle: {
        backgroundColor: "#ffffff",
        fontFamily: "Roboto",
        primaryColor: "#0b5fff",
        primaryColorDark: "#00308f",
        primaryColorLight: "#7aa8ff",
        textColor: "#111111",
      },
      heroStyle: {
        backgroundColor: "#00308f",
        imageUri: "https://www.example.com/hero.jpg",
        textColor: "#ffffff",
      },
    },
  },
};

/** For every property, the argument of the resource that it becomes. */
export const configurationArguments: readonly (readonly [property: string, argument: string])[] = [
  ["configurationName", "name"],
  ["configurationDescription", "description"],
  ["defaultLanguage", "default_language"],
  ["languages", "languages"],
  ["headlessModeEnabled", "headless_mode_enabled"],
  ["messengerEnabled", "messenger.enabled"],
  ["sessionPersistenceType", "messenger.session_persistence_type"],
  ["launcher.visibility", "messenger.launcher_button.visibility"],
  ["launcher.displayType", "messenger.launcher_button.display_type"],
  ["launcher.iconUrl", "messenger.launcher_button.icon.url"],
  ["homeScreen.enabled", "messenger.home_screen.enabled"],
  ["homeScreen.logoUrl", "messenger.home_screen.logo_url"],
  ["styles.primaryColor", "messenger.styles.primary_color"],
  ["fileUpload.enableAttachments", "messenger.file_upload.enable_attachments"],
  ["fileUpload.modes[0].fileTypes", "messenger.file_upload.mode[0].file_types"],
  ["fileUpload.modes[0].maxFileSizeKb", "messenger.file_upload.mode[0].max_file_size_kb"],
  ["knowledge.enabled", "messenger.apps.knowledge.enabled"],
  ["knowledge.knowledgeBaseId", "messenger.apps.knowledge.knowledge_base_id"],
  ...(
    [
      ["enabled", "enabled"],
      ["showAgentTypingIndicator", "show_agent_typing_indicator"],
      ["showUserTypingIndicator", "show_user_typing_indicator"],
      ["autoStartEnabled", "auto_start_enabled"],
      ["conversationClearEnabled", "conversation_clear_enabled"],
      ["markdownEnabled", "markdown_enabled"],
      ["sessionDurationSeconds", "session_duration_seconds"],
      ["conversationDisconnect.enabled", "conversation_disconnect.enabled"],
      ["conversationDisconnect.type", "conversation_disconnect.type"],
      ["humanize.enabled", "humanize.enabled"],
      ["humanize.bot.name", "humanize.bot.name"],
      ["humanize.bot.avatarUrl", "humanize.bot.avatar_url"],
      ["notifications.enabled", "notifications.enabled"],
      ["notifications.notificationContentType", "notifications.notification_content_type"],
    ] as const
  ).map(([property, argument]) => [`conversations.${property}`, `messenger.apps.conversations.${argument}`] as const),
  ["position.alignment", "position.alignment"],
  ["position.sideSpace", "position.side_space"],
  ["position.bottomSpace", "position.bottom_space"],
  ["authentication.enabled", "authentication_settings.enabled"],
  ["authentication.integrationId", "authentication_settings.integration_id"],
  ["authentication.allowSessionUpgrade", "authentication_settings.allow_session_upgrade"],
  ["journeyEvents.enabled", "journey_events.enabled"],
  ["journeyEvents.pageviewConfig", "journey_events.pageview_config"],
  ["journeyEvents.clickEvents[0].eventName", "journey_events.click_event[0].event_name"],
  ["journeyEvents.clickEvents[0].selector", "journey_events.click_event[0].selector"],
  ["journeyEvents.formTrackEvents[0].formName", "journey_events.form_track_event[0].form_name"],
  ["journeyEvents.formTrackEvents[0].selector", "journey_events.form_track_event[0].selector"],
  [
    "journeyEvents.formTrackEvents[0].captureDataOnFormAbandon",
    "journey_events.form_track_event[0].capture_data_on_form_abandon",
  ],
  [
    "journeyEvents.formTrackEvents[0].captureDataOnFormSubmit",
    "journey_events.form_track_event[0].capture_data_on_form_submit",
  ],
  ["journeyEvents.idleEvents[0].eventName", "journey_events.idle_event[0].event_name"],
  ["journeyEvents.idleEvents[0].idleAfterSeconds", "journey_events.idle_event[0].idle_after_seconds"],
  ["journeyEvents.inViewportEvents[0].eventName", "journey_events.in_viewport_event[0].event_name"],
  ["journeyEvents.inViewportEvents[0].selector", "journey_events.in_viewport_event[0].selector"],
  ["journeyEvents.scrollDepthEvents[0].eventName", "journey_events.scroll_depth_event[0].event_name"],
  ["journeyEvents.scrollDepthEvents[0].percentage", "journey_events.scroll_depth_event[0].percentage"],
  [
    "journeyEvents.trackingSettings.excludedQueryParameters",
    "journey_events.tracking_settings.excluded_query_parameters",
  ],
  ["journeyEvents.trackingSettings.searchQueryParameters", "journey_events.tracking_settings.search_query_parameters"],
  ["journeyEvents.trackingSettings.shouldKeepUrlFragment", "journey_events.tracking_settings.should_keep_url_fragment"],
  [
    "journeyEvents.trackingSettings.ipFilters[0].ipAddress",
    "journey_events.tracking_settings.ip_filters[0].ip_address",
  ],
  ["journeyEvents.trackingSettings.ipFilters[0].name", "journey_events.tracking_settings.ip_filters[0].name"],
  ["journeyEvents.excludedQueryParameters", "journey_events.excluded_query_parameters"],
  ["journeyEvents.searchQueryParameters", "journey_events.search_query_parameters"],
  ["journeyEvents.shouldKeepUrlFragment", "journey_events.should_keep_url_fragment"],
  ["cobrowse.enabled", "cobrowse.enabled"],
  ["cobrowse.allowAgentControl", "cobrowse.allow_agent_control"],
  ["cobrowse.allowAgentNavigation", "cobrowse.allow_agent_navigation"],
  ["cobrowse.allowDraw", "cobrowse.allow_draw"],
  ["cobrowse.channels", "cobrowse.channels"],
  ["cobrowse.maskSelectors", "cobrowse.mask_selectors"],
  ["cobrowse.readonlySelectors", "cobrowse.readonly_selectors"],
  ["cobrowse.pauseCriteria[0].urlFragment", "cobrowse.pause_criteria[0].url_fragment"],
  ["cobrowse.pauseCriteria[0].condition", "cobrowse.pause_criteria[0].condition"],
  ["video.enabled", "video.enabled"],
  ["video.agent.allowCamera", "video.agent.allow_camera"],
  ["video.agent.allowMicrophone", "video.agent.allow_microphone"],
  ["video.agent.allowScreenShare", "video.agent.allow_screen_share"],
  ["video.agent.background", "video.agent.background"],
  ["video.agent.backgroundImageUrl", "video.agent.background_image.url"],
  ["video.user.allowCamera", "video.user.allow_camera"],
  ["video.user.allowMicrophone", "video.user.allow_microphone"],
  ["video.user.allowScreenShare", "video.user.allow_screen_share"],
  ["supportCenter.enabled", "support_center.enabled"],
  ["supportCenter.feedbackEnabled", "support_center.feedback_enabled"],
  ["supportCenter.knowledgeBaseId", "support_center.knowledge_base_id"],
  ["supportCenter.routerType", "support_center.router_type"],
  ["supportCenter.customMessages[0].type", "support_center.custom_messages[0].type"],
  ["supportCenter.customMessages[0].defaultValue", "support_center.custom_messages[0].default_value"],
  ["supportCenter.enabledCategories[0].categoryId", "support_center.enabled_categories[0].category_id"],
  ["supportCenter.enabledCategories[0].imageUri", "support_center.enabled_categories[0].image_uri"],
  ["supportCenter.labelIds", "support_center.label_filter.label_ids"],
  ["supportCenter.screens[0].type", "support_center.screens[0].type"],
  ...(
    [
      ["type", "type"],
      ["enabled", "enabled"],
      ["compactCategoryModuleTemplateActive", "compact_category_module_template_active"],
      ["detailedCategoryModuleTemplate.active", "detailed_category_module_template.active"],
      ["detailedCategoryModuleTemplate.sidebarEnabled", "detailed_category_module_template.sidebar_enabled"],
    ] as const
  ).map(
    ([property, argument]) =>
      [
        `supportCenter.screens[0].moduleSettings[0].${property}`,
        `support_center.screens[0].module_settings[0].${argument}`,
      ] as const,
  ),
  ...(
    [
      ["globalStyle.backgroundColor", "global_style_setting.background_color"],
      ["globalStyle.fontFamily", "global_style_setting.font_family"],
      ["globalStyle.primaryColor", "global_style_setting.primary_color"],
      ["globalStyle.primaryColorDark", "global_style_setting.primary_color_dark"],
      ["globalStyle.primaryColorLight", "global_style_setting.primary_color_light"],
      ["globalStyle.textColor", "global_style_setting.text_color"],
      ["heroStyle.backgroundColor", "hero_style_setting.background_color"],
      ["heroStyle.imageUri", "hero_style_setting.image_uri"],
      ["heroStyle.textColor", "hero_style_setting.text_color"],
    ] as const
  ).map(
    ([property, argument]) =>
      [`supportCenter.styleSetting.${property}`, `support_center.style_setting.${argument}`] as const,
  ),
];

/** For every property of the deployment, the argument of the resource that it becomes. */
export const deploymentArguments: readonly (readonly [property: string, argument: string])[] = [
  ["name", "name"],
  ["description", "description"],
  ["flow.id", "flow_id"],
  ["supportedContent.id", "supported_content_id"],
  ["pushIntegrations[0].id", "push_integrations[0].id"],
  ["pushIntegrations[0].provider", "push_integrations[0].provider"],
];
