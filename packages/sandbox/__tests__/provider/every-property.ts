/** A configuration with every attribute and block that the schema has, most of the values far from their zero. */
export const everyProperty = {
  name: "Everything",
  description: "Every property there is",
  default_language: "en-us",
  languages: ["en-us", "de"],
  headless_mode_enabled: true,
  status: "Active",
  authentication_settings: [
    { allow_session_upgrade: true, enabled: true, integration_id: "5a9db0c5-0000-4000-8000-000000000021" },
  ],
  cobrowse: [
    {
      allow_agent_control: true,
      allow_agent_navigation: true,
      allow_draw: false,
      channels: ["Webmessaging", "Voice"],
      enabled: true,
      mask_selectors: [".card-number", "#secret"],
      readonly_selectors: [".total"],
      pause_criteria: [
        { condition: "Includes", url_fragment: "/checkout" },
        { condition: "EndsWith", url_fragment: "/pay" },
      ],
    },
  ],
  custom_i18n_labels: [
    {
      language: "en-us",
      localized_labels: [
        { key: "MessengerHomeHeaderTitle", value: "Hello" },
        { key: "MessengerHomeHeaderSubTitle", value: "How can we help?" },
      ],
    },
    { language: "de", localized_labels: [{ key: "MessengerHomeHeaderTitle", value: "Grüß Gott" }] },
  ],
  journey_events: [
    {
      enabled: true,
      excluded_query_parameters: ["old"],
      pageview_config: "Auto",
      search_query_parameters: ["q"],
      should_keep_url_fragment: true,
      click_event: [{ event_name: "buy", selector: "#buy" }],
      form_track_event: [
        {
          capture_data_on_form_abandon: true,
          capture_data_on_form_submit: false,
          form_name: "order",
          selector: "form",
        },
      ],
      idle_event: [{ event_name: "idle", idle_after_seconds: 30 }],
      in_viewport_event: [{ event_name: "seen", selector: "#offer" }],
      scroll_depth_event: [{ event_name: "read", percentage: 75 }],
      tracking_settings: [
        {
          excluded_query_parameters: ["token"],
          search_query_parameters: ["query"],
          should_keep_url_fragment: true,
          ip_filters: [{ ip_address: "192.0.2.0/24", name: "office" }],
        },
      ],
    },
  ],
  messenger: [
    {
      enabled: true,
      session_persistence_type: "AcrossSubdomains",
      apps: [
        {
          conversations: [
            {
              auto_start_enabled: true,
              conversation_clear_enabled: true,
              enabled: true,
              markdown_enabled: true,
              session_duration_seconds: 3600,
              show_agent_typing_indicator: true,
              show_user_typing_indicator: false,
              conversation_disconnect: [{ enabled: true, type: "Send" }],
              humanize: [{ enabled: true, bot: [{ avatar_url: "https://www.example.com/bot.png", name: "Bot" }] }],
              notifications: [{ enabled: true, notification_content_type: "IncludeMessagesContent" }],
            },
          ],
          knowledge: [{ enabled: true, knowledge_base_id: "5a9db0c5-0000-4000-8000-000000000031" }],
        },
      ],
      file_upload: [
        { enable_attachments: true, mode: [{ file_types: ["image/png", "image/jpeg"], max_file_size_kb: 10240 }] },
      ],
      home_screen: [{ enabled: true, logo_url: "https://www.example.com/logo.png" }],
      launcher_button: [
        { visibility: "OnDemand", display_type: "IconAndText", icon: [{ url: "https://www.example.com/icon.svg" }] },
      ],
      styles: [{ primary_color: "#0055ff" }],
    },
  ],
  position: [{ alignment: "Left", bottom_space: 12, side_space: 20 }],
  support_center: [
    {
      enabled: true,
      feedback_enabled: true,
      knowledge_base_id: "5a9db0c5-0000-4000-8000-000000000031",
      router_type: "Browser",
      custom_messages: [{ default_value: "Welcome", type: "Welcome" }],
      enabled_categories: [{ category_id: "orders", image_uri: "https://www.example.com/orders.png" }],
      label_filter: [{ label_ids: ["one", "two"] }],
      screens: [
        {
          type: "Home",
          module_settings: [
            { compact_category_module_template_active: true, enabled: true, type: "Search" },
            {
              enabled: true,
              type: "Categories",
              detailed_category_module_template: [{ active: true, sidebar_enabled: true }],
            },
          ],
        },
      ],
      style_setting: [
        {
          global_style_setting: [
            {
              background_color: "#ffffff",
              font_family: "Inter",
              primary_color: "#0055ff",
              primary_color_dark: "#003399",
              primary_color_light: "#99bbff",
              text_color: "#111111",
            },
          ],
          hero_style_setting: [
            { background_color: "#ffffff", image_uri: "https://www.example.com/hero.png", text_color: "#111111" },
          ],
        },
      ],
    },
  ],
  video: [
    {
      enabled: true,
      agent: [
        {
          allow_camera: true,
          allow_microphone: true,
          allow_screen_share: true,
          background: "IMAGE",
          background_image: [{ url: "https://www.example.com/office.jpg" }],
        },
      ],
      user: [{ allow_camera: true, allow_microphone: true, allow_screen_share: true }],
    },
  ],
};

/** A deployment with every attribute and block that the schema has, but for `allow_all_domains` beside a list. */
export const everyDeploymentProperty = {
  description: "Every property there is",
  flow_id: "5a9db0c5-0000-4000-8000-000000000011",
  status: "Active",
  supported_content_id: "5a9db0c5-0000-4000-8000-000000000041",
  allow_all_domains: false,
  push_integrations: [{ id: "5a9db0c5-0000-4000-8000-000000000021", provider: "APNS" }],
};
