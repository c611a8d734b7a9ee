/** A configuration of nothing but zero values. */
export const zeroes = {
  description: "",
  headless_mode_enabled: false,
  cobrowse: [{ enabled: false, channels: [], mask_selectors: [], allow_draw: false }],
  journey_events: [{ enabled: false, excluded_query_parameters: [], pageview_config: "Off" }],
  messenger: [
    {
      enabled: false,
      apps: [{ conversations: [{ enabled: false, humanize: [{ enabled: false, bot: [{ name: "" }] }] }] }],
      home_screen: [{ enabled: false, logo_url: "" }],
      file_upload: [{ mode: [{ file_types: [], max_file_size_kb: 0 }] }],
    },
  ],
  position: [{ alignment: "Auto", bottom_space: 0, side_space: 0 }],
  support_center: [{ enabled: false, feedback_enabled: false }],
};

/** A configuration of blocks with nothing in them. */
export const emptyBlocks = {
  cobrowse: [{}],
  journey_events: [{ tracking_settings: [{}] }],
  messenger: [
    {
      apps: [
        {
          conversations: [{ conversation_disconnect: [{}], humanize: [{ bot: [{}] }], notifications: [{}] }],
          knowledge: [{}],
        },
      ],
      file_upload: [{ mode: [{}] }],
      home_screen: [{}],
      launcher_button: [{ icon: [{}] }],
      styles: [{}],
    },
  ],
  position: [{}],
  video: [{ agent: [{ background_image: [{}] }], user: [{}] }],
};
