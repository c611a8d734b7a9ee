import { type WebdeploymentsConfigurationConfig } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { type PropertyCheck } from "../property-check";
import { authenticationSettings, checkAuthentication } from "./authentication";
import { checkCobrowse, cobrowse } from "./cobrowse";
import { type ConfigurationProps, sessionPersistenceTypes } from "./configuration-props";
import { checkConversations, conversations } from "./conversations";
import { checkFileUpload, fileUpload } from "./file-upload";
import { checkHomeScreen, homeScreen } from "./home-screen";
import { checkJourneyEvents, journeyEvents } from "./journey-events";
import { checkKnowledge, knowledge } from "./knowledge";
import { checkLabels, labels } from "./labels";
import { checkLanguages } from "./languages";
import { checkLauncher, launcherButton } from "./launcher";
import { checkPosition } from "./position";
import { checkStyles } from "./styles";
import { checkSupportCenter, supportCenter } from "./support-center";
import { checkVideo, video } from "./video";

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
    ...(props.position && { position: props.position }),
    ...(props.labels && { customI18NLabels: labels(props.labels) }),
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
    launcherButton: launcherButton(props.launcher ?? {}),
    ...(props.homeScreen && { homeScreen: homeScreen(props.homeScreen) }),
    ...(props.styles && { styles: props.styles }),
    ...(props.fileUpload && { fileUpload: fileUpload(props.fileUpload) }),
    apps: {
      conversations: conversations(props.conversations ?? {}),
      ...(props.knowledge && { knowledge: knowledge(props.knowledge) }),
    },
  };
}

/** Everything that is wrong with the configuration's properties. */
export function checkConfiguration(props: ConfigurationProps, check: PropertyCheck): void {
  const { defaultLanguage, languages = [defaultLanguage] } = props;
  checkLanguages(defaultLanguage, languages, check);
  check.length("configurationName", props.configurationName, 1, 100);
  check.oneOf("sessionPersistenceType", props.sessionPersistenceType, sessionPersistenceTypes);
  if (props.labels) checkLabels(props.labels, languages, check);
  if (props.launcher) checkLauncher(props.launcher, check.in("launcher"));
  if (props.conversations) checkConversations(props.conversations, check.in("conversations"));
  if (props.homeScreen) checkHomeScreen(props.homeScreen, check.in("homeScreen"));
  if (props.styles) checkStyles(props.styles, check.in("styles"));
  if (props.position) checkPosition(props.position, check.in("position"));
  if (props.fileUpload) checkFileUpload(props.fileUpload, check.in("fileUpload"));
  if (props.knowledge) checkKnowledge(props.knowledge, check.in("knowledge"));
  if (props.authentication) checkAuthentication(props.authentication, check.in("authentication"));
  if (props.journeyEvents) checkJourneyEvents(props.journeyEvents, check.in("journeyEvents"));
  if (props.cobrowse) checkCobrowse(props.cobrowse, check.in("cobrowse"));
  if (props.video) checkVideo(props.video, check.in("video"));
  if (props.supportCenter) checkSupportCenter(props.supportCenter, check.in("supportCenter"));
}
