/** What the genuine provider does to some arguments and blocks only; measured on version 1.84.1. Paths are those of the schema. */
export interface Peculiarities {
  /** Arguments inside a block that are not sent when they are zero; everything else in a block is sent in any case. */
  readonly leftOutWhenZero: ReadonlySet<string>;
  /** Lists of blocks that are sent as null when they are empty; other empty lists of blocks are not sent. */
  readonly nullWhenEmpty: ReadonlySet<string>;
  /** Blocks that crash the provider when no argument of them has a value. Other such blocks are dropped. */
  readonly crashesWhenBare: ReadonlySet<string>;
  /** Arguments that crash the provider when an answer of the API lacks them. */
  readonly crashesWhenMissing: ReadonlySet<string>;
}

/** A resource without any. */
export const none: Peculiarities = {
  leftOutWhenZero: new Set(),
  nullWhenEmpty: new Set(),
  crashesWhenBare: new Set(),
  crashesWhenMissing: new Set(),
};

/** Those of `genesyscloud_webdeployments_configuration`. */
export const ofConfiguration: Peculiarities = {
  leftOutWhenZero: new Set([
    "journey_events.pageview_config",
    "journey_events.should_keep_url_fragment",
    "messenger.apps.conversations.notifications.notification_content_type",
    "messenger.apps.conversations.session_duration_seconds",
    "messenger.launcher_button.display_type",
    "messenger.launcher_button.visibility",
    "messenger.session_persistence_type",
    "support_center.knowledge_base_id",
    "support_center.router_type",
    "video.agent.background",
    "video.agent.background_image.url",
  ]),
  nullWhenEmpty: new Set(["cobrowse.pause_criteria"]),
  crashesWhenBare: new Set([
    "authentication_settings",
    "cobrowse",
    "cobrowse.pause_criteria",
    "journey_events",
    "support_center",
    "support_center.screens.module_settings.detailed_category_module_template",
    "support_center.style_setting",
    "support_center.style_setting.global_style_setting",
    "support_center.style_setting.hero_style_setting",
    "video.agent.background_image",
    "video.user",
  ]),
  crashesWhenMissing: new Set([
    "cobrowse.pause_criteria.condition",
    "cobrowse.pause_criteria.url_fragment",
    "custom_i18n_labels.localized_labels.key",
    "custom_i18n_labels.localized_labels.value",
    "messenger.file_upload.mode.file_types",
    "messenger.file_upload.mode.max_file_size_kb",
    "support_center.screens.module_settings.detailed_category_module_template.sidebar_enabled",
  ]),
};

/** The path of something in a block; the block of the resource itself has an empty one. */
export function pathIn(block: string, name: string): string {
  return block === "" ? name : `${block}.${name}`;
}
