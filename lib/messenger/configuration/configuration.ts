import { type WebdeploymentsConfigurationConfig } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { type Fields, flag, object, oneOf, required, text, textOfLength, texts } from "../../base/shape";
import { type PropertyCheck } from "../property-check";
import { authenticationSettings, authenticationShape } from "./authentication";
import { cobrowse, cobrowseShape } from "./cobrowse";
import { type ConfigurationProps, sessionPersistenceTypes } from "./configuration-props";
import { conversations, conversationsShape, knowledge, knowledgeShape } from "./conversations";
import { fileUpload, fileUploadShape } from "./file-upload";
import {
  homeScreen,
  homeScreenShape,
  launcherButton,
  launcherShape,
  position,
  positionShape,
  stylesShape,
} from "./appearance";
import { journeyEvents, journeyEventsShape } from "./journey-events";
import { checkLabels, checkLanguages, labels, labelsShape, languageOfMost } from "./labels";
import { checkStyleSetting, supportCenter, supportCenterShape } from "./support-center";
import { unlessEmpty } from "./values";
import { checkVideo, video, videoShape } from "./video";

/** The configuration resource's arguments, without the names that the construct gives. */
export function configurationOf(
  props: ConfigurationProps,
): Omit<WebdeploymentsConfigurationConfig, "name" | "description"> {
  const { defaultLanguage, languages = [defaultLanguage], headlessModeEnabled } = props;
  return {
    defaultLanguage,
    languages: [...languages],
    messenger: messengerOf(props),
    ...(headlessModeEnabled !== undefined && { headlessModeEnabled }),
    ...(props.position && { position: position(props.position) }),
    ...unlessEmpty("customI18NLabels", props.labels && labels(props.labels)),
    ...(props.authentication && { authenticationSettings: authenticationSettings(props.authentication) }),
    ...(props.journeyEvents && { journeyEvents: journeyEvents(props.journeyEvents) }),
    ...(props.cobrowse && { cobrowse: cobrowse(props.cobrowse) }),
    ...(props.video && { video: video(props.video) }),
    ...(props.supportCenter && { supportCenter: supportCenter(props.supportCenter) }),
  };
}

function messengerOf(props: ConfigurationProps) {
  const { messengerEnabled: enabled = true, sessionPersistenceType } = props;
  return {
    enabled,
    ...(sessionPersistenceType !== undefined && { sessionPersistenceType }),
    launcherButton: launcherButton(props.launcher),
    ...(props.homeScreen && { homeScreen: homeScreen(props.homeScreen) }),
    ...(props.styles && { styles: props.styles }),
    ...(props.fileUpload && { fileUpload: fileUpload(props.fileUpload) }),
    apps: {
      conversations: conversations(props.conversations ?? {}),
      ...(props.knowledge && { knowledge: knowledge(props.knowledge) }),
    },
  };
}

/** What the properties of a configuration must be. */
export const configurationFields: Fields<ConfigurationProps> = {
  defaultLanguage: required(text, languageOfMost),
  languages: texts,
  configurationName: textOfLength(1, 100),
  configurationDescription: text,
  messengerEnabled: flag,
  headlessModeEnabled: flag,
  sessionPersistenceType: oneOf(sessionPersistenceTypes),
  launcher: launcherShape,
  conversations: conversationsShape,
  homeScreen: homeScreenShape,
  styles: stylesShape,
  position: positionShape,
  fileUpload: fileUploadShape,
  labels: labelsShape,
  knowledge: knowledgeShape,
  authentication: authenticationShape,
  journeyEvents: journeyEventsShape,
  cobrowse: cobrowseShape,
  video: videoShape,
  supportCenter: supportCenterShape,
};

const configurationShape = object<ConfigurationProps>(configurationFields);

/** Everything that is wrong with the properties of a configuration that is declared. */
export function checkConfiguration(props: ConfigurationProps, check: PropertyCheck): void {
  check.shape(configurationShape, props);
  checkTogether(props, check);
}

/** What the properties, each of them right by itself, come to together. */
export function checkTogether(props: ConfigurationProps, check: PropertyCheck): void {
  const { defaultLanguage, languages = [defaultLanguage] } = props;
  checkLanguages(defaultLanguage, languages, check);
  if (props.labels) checkLabels(props.labels, languages, check);
  if (props.video) checkVideo(props.video, check.in("video"));
  const { styleSetting } = props.supportCenter ?? {};
  if (styleSetting) checkStyleSetting(styleSetting, check.in("supportCenter"));
}
