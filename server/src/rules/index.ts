// Generated from the folder listing by `npm run generate`; do not edit.
import apparmorUnconfined from './capabilities/apparmor-unconfined.js';
import capAddBounded from './capabilities/cap-add-bounded.js';
import capAddDefault from './capabilities/cap-add-default.js';
import capAddHostLoad from './capabilities/cap-add-host-load.js';
import capAddHostLog from './capabilities/cap-add-host-log.js';
import capAddHostReach from './capabilities/cap-add-host-reach.js';
import capAddHostRoot from './capabilities/cap-add-host-root.js';
import capAddHostShared from './capabilities/cap-add-host-shared.js';
import capDropAllMissing from './capabilities/cap-drop-all-missing.js';
import capUnknown from './capabilities/cap-unknown.js';
import seccompUnconfined from './capabilities/seccomp-unconfined.js';
import setcapInImage from './capabilities/setcap-in-image.js';
import addInsteadOfCopy from './images/add-instead-of-copy.js';
import addUnverified from './images/add-unverified.js';
import baseUnresolvable from './images/base-unresolvable.js';
import contentTrustOff from './images/content-trust-off.js';
import copyFromUnpinned from './images/copy-from-unpinned.js';
import digestMissing from './images/digest-missing.js';
import downloadUnverified from './images/download-unverified.js';
import gitCloneUnpinned from './images/git-clone-unpinned.js';
import packageIndexUntrusted from './images/package-index-untrusted.js';
import packageUnpinned from './images/package-unpinned.js';
import pipeToShell from './images/pipe-to-shell.js';
import publisherUnverified from './images/publisher-unverified.js';
import registryNotAllowed from './images/registry-not-allowed.js';
import signatureCheckOff from './images/signature-check-off.js';
import tagLatest from './images/tag-latest.js';
import tagMissing from './images/tag-missing.js';
import archiveCopied from './light/archive-copied.js';
import archiveUnpackedByHand from './light/archive-unpacked-by-hand.js';
import baseHeavy from './light/base-heavy.js';
import buildToolsInFinal from './light/build-tools-in-final.js';
import consecutiveCopy from './light/consecutive-copy.js';
import consecutiveRun from './light/consecutive-run.js';
import copyEverything from './light/copy-everything.js';
import cudaInstalledAgain from './light/cuda-installed-again.js';
import debuggerShipped from './light/debugger-shipped.js';
import devDependenciesShipped from './light/dev-dependencies-shipped.js';
import downloadCacheKept from './light/download-cache-kept.js';
import needlessTools from './light/needless-tools.js';
import packageCacheKept from './light/package-cache-kept.js';
import packageListsSplit from './light/package-lists-split.js';
import recommendsInstalled from './light/recommends-installed.js';
import stageUnused from './light/stage-unused.js';
import twoDownloaders from './light/two-downloaders.js';
import defaultNetworkOnly from './network/default-network-only.js';
import extraHostsMetadata from './network/extra-hosts-metadata.js';
import healthcheckDisabled from './network/healthcheck-disabled.js';
import healthcheckMissing from './network/healthcheck-missing.js';
import healthcheckRepeated from './network/healthcheck-repeated.js';
import healthcheckToolMissing from './network/healthcheck-tool-missing.js';
import hostNetwork from './network/host-network.js';
import imageHealthcheckMissing from './network/image-healthcheck-missing.js';
import loggingDisabled from './network/logging-disabled.js';
import portDebug from './network/port-debug.js';
import portDuplicate from './network/port-duplicate.js';
import portInvalid from './network/port-invalid.js';
import portOnAllInterfaces from './network/port-on-all-interfaces.js';
import portRemoteAdmin from './network/port-remote-admin.js';
import portUnquoted from './network/port-unquoted.js';
import privilegedPort from './network/privileged-port.js';
import groupDocker from './non-root/group-docker.js';
import hostDevice from './non-root/host-device.js';
import hostNamespace from './non-root/host-namespace.js';
import hostSettingsMounted from './non-root/host-settings-mounted.js';
import hostSystemPathWritable from './non-root/host-system-path-writable.js';
import mountPropagationShared from './non-root/mount-propagation-shared.js';
import ownerMismatch from './non-root/owner-mismatch.js';
import passwordInBuild from './non-root/password-in-build.js';
import privilegedContainer from './non-root/privileged-container.js';
import programOwnedByUser from './non-root/program-owned-by-user.js';
import sensitiveHostPath from './non-root/sensitive-host-path.js';
import serviceUserMissing from './non-root/service-user-missing.js';
import serviceUserRefused from './non-root/service-user-refused.js';
import serviceUserRoot from './non-root/service-user-root.js';
import stateFolderNotWritable from './non-root/state-folder-not-writable.js';
import sudoUsed from './non-root/sudo-used.js';
import userGroupDropsOthers from './non-root/user-group-drops-others.js';
import userMissing from './non-root/user-missing.js';
import userNeverUsed from './non-root/user-never-used.js';
import userNotNumeric from './non-root/user-not-numeric.js';
import userRoot from './non-root/user-root.js';
import userUnresolvable from './non-root/user-unresolvable.js';
import useraddLargeUid from './non-root/useradd-large-uid.js';
import worldWritable from './non-root/world-writable.js';
import noNewPrivilegesMissing from './privileges/no-new-privileges-missing.js';
import noNewPrivilegesOff from './privileges/no-new-privileges-off.js';
import rootFilesystemWritable from './privileges/root-filesystem-writable.js';
import setuidBitSet from './privileges/setuid-bit-set.js';
import setuidLeft from './privileges/setuid-left.js';
import setuidPackage from './privileges/setuid-package.js';
import tmpfsExec from './privileges/tmpfs-exec.js';
import assetsBuiltWithKey from './registries/assets-built-with-key.js';
import envFileTracked from './registries/env-file-tracked.js';
import plainHttpDownload from './registries/plain-http-download.js';
import registryInsecure from './registries/registry-insecure.js';
import registryServiceOpen from './registries/registry-service-open.js';
import secretFileCopied from './registries/secret-file-copied.js';
import secretInEnv from './registries/secret-in-env.js';
import secretInEnvironment from './registries/secret-in-environment.js';
import secretInRun from './registries/secret-in-run.js';
import secretInUrl from './registries/secret-in-url.js';
import secretMountReadable from './registries/secret-mount-readable.js';
import secretUnused from './registries/secret-unused.js';
import tlsVerificationOff from './registries/tls-verification-off.js';
import cgroupParentSet from './resources/cgroup-parent-set.js';
import cpuLimitMissing from './resources/cpu-limit-missing.js';
import limitUnbounded from './resources/limit-unbounded.js';
import limitsContradict from './resources/limits-contradict.js';
import logSizeUnbounded from './resources/log-size-unbounded.js';
import memoryLimitMissing from './resources/memory-limit-missing.js';
import pidsLimitMissing from './resources/pids-limit-missing.js';
import restartUnbounded from './resources/restart-unbounded.js';
import tmpfsUnbounded from './resources/tmpfs-unbounded.js';
import dockerApiTcp from './socket/docker-api-tcp.js';
import dockerSocketInImage from './socket/docker-socket-in-image.js';
import dockerSocketMounted from './socket/docker-socket-mounted.js';
import socketProxyWide from './socket/socket-proxy-wide.js';
import useApiSocket from './socket/use-api-socket.js';
import aptInScript from './updates/apt-in-script.js';
import archivedPackageSource from './updates/archived-package-source.js';
import baseEndOfLife from './updates/base-end-of-life.js';
import composeVersionObsolete from './updates/compose-version-obsolete.js';
import distributionUpgrade from './updates/distribution-upgrade.js';
import frontendOutdated from './updates/frontend-outdated.js';
import ignoreWithoutReason from './updates/ignore-without-reason.js';
import imageDeprecated from './updates/image-deprecated.js';
import installAsks from './updates/install-asks.js';
import maintainerDeprecated from './updates/maintainer-deprecated.js';
import packageIndexStale from './updates/package-index-stale.js';
import pullNever from './updates/pull-never.js';
import tagRetired from './updates/tag-retired.js';
import unusedIgnore from './updates/unused-ignore.js';
import upgradeInBuild from './updates/upgrade-in-build.js';
import type { AnyRule } from './rule.js';

/** In order of practice, then of id. */
export const rules: readonly AnyRule[] = [
  aptInScript,
  archivedPackageSource,
  baseEndOfLife,
  composeVersionObsolete,
  distributionUpgrade,
  frontendOutdated,
  ignoreWithoutReason,
  imageDeprecated,
  installAsks,
  maintainerDeprecated,
  packageIndexStale,
  pullNever,
  tagRetired,
  unusedIgnore,
  upgradeInBuild,
  cgroupParentSet,
  cpuLimitMissing,
  limitUnbounded,
  limitsContradict,
  logSizeUnbounded,
  memoryLimitMissing,
  pidsLimitMissing,
  restartUnbounded,
  tmpfsUnbounded,
  groupDocker,
  hostDevice,
  hostNamespace,
  hostSettingsMounted,
  hostSystemPathWritable,
  mountPropagationShared,
  ownerMismatch,
  passwordInBuild,
  privilegedContainer,
  programOwnedByUser,
  sensitiveHostPath,
  serviceUserMissing,
  serviceUserRefused,
  serviceUserRoot,
  stateFolderNotWritable,
  sudoUsed,
  userGroupDropsOthers,
  userMissing,
  userNeverUsed,
  userNotNumeric,
  userRoot,
  userUnresolvable,
  useraddLargeUid,
  worldWritable,
  apparmorUnconfined,
  capAddBounded,
  capAddDefault,
  capAddHostLoad,
  capAddHostLog,
  capAddHostReach,
  capAddHostRoot,
  capAddHostShared,
  capDropAllMissing,
  capUnknown,
  seccompUnconfined,
  setcapInImage,
  noNewPrivilegesMissing,
  noNewPrivilegesOff,
  rootFilesystemWritable,
  setuidBitSet,
  setuidLeft,
  setuidPackage,
  tmpfsExec,
  addInsteadOfCopy,
  addUnverified,
  baseUnresolvable,
  contentTrustOff,
  copyFromUnpinned,
  digestMissing,
  downloadUnverified,
  gitCloneUnpinned,
  packageIndexUntrusted,
  packageUnpinned,
  pipeToShell,
  publisherUnverified,
  registryNotAllowed,
  signatureCheckOff,
  tagLatest,
  tagMissing,
  archiveCopied,
  archiveUnpackedByHand,
  baseHeavy,
  buildToolsInFinal,
  consecutiveCopy,
  consecutiveRun,
  copyEverything,
  cudaInstalledAgain,
  debuggerShipped,
  devDependenciesShipped,
  downloadCacheKept,
  needlessTools,
  packageCacheKept,
  packageListsSplit,
  recommendsInstalled,
  stageUnused,
  twoDownloaders,
  assetsBuiltWithKey,
  envFileTracked,
  plainHttpDownload,
  registryInsecure,
  registryServiceOpen,
  secretFileCopied,
  secretInEnv,
  secretInEnvironment,
  secretInRun,
  secretInUrl,
  secretMountReadable,
  secretUnused,
  tlsVerificationOff,
  dockerApiTcp,
  dockerSocketInImage,
  dockerSocketMounted,
  socketProxyWide,
  useApiSocket,
  defaultNetworkOnly,
  extraHostsMetadata,
  healthcheckDisabled,
  healthcheckMissing,
  healthcheckRepeated,
  healthcheckToolMissing,
  hostNetwork,
  imageHealthcheckMissing,
  loggingDisabled,
  portDebug,
  portDuplicate,
  portInvalid,
  portOnAllInterfaces,
  portRemoteAdmin,
  portUnquoted,
  privilegedPort,
];
