/** A configuration of nothing but zero values, as far as the provider keeps its blocks. */
export const zeroes = {
  description: "",
  headless_mode_enabled: false,
  cobrowse: [{ enabled: false, channels: [], mask_selectors: [], allow_draw: false }],
  journey_events: [{ enabled: false, excluded_query_parameters: [], pageview_config: "Off" }],
  messenger: [
    {
      enabled: false,
      apps: [{ conversations: [{ enabled: false, humanize: [{ enabled: false, bot: [] }] }] }],
      home_screen: [{ enabled: false, logo_url: "" }],
      file_upload: [{ mode: [{ file_types: [], max_file_size_kb: 0 }] }],
    },
  ],
  position: [{ alignment: "Auto", bottom_space: 0, side_space: 0 }],
  support_center: [{ enabled: false, feedback_enabled: false }],
};

/** Blocks with nothing in them that the provider keeps, because their arguments have defaults. */
export const emptyBlocks = { journey_events: [{ tracking_settings: [{}] }] };

/** Blocks with nothing in them that it neither sends nor stores. */
export const droppedBlocks = {
  custom_i18n_labels: [],
  messenger: [
    {
      enabled: true,
      apps: [
        {
          conversations: [
            { enabled: true, conversation_disconnect: [{}], humanize: [{ bot: [{}] }], notifications: [{}] },
          ],
          knowledge: [{}],
        },
      ],
      launcher_button: [{ icon: [{}] }],
      styles: [{}],
    },
  ],
  position: [{}],
  support_center: [{ enabled: true, label_filter: [{ label_ids: [] }] }],
};
