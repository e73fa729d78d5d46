namespace Egida.Tests.HashBank.Imports.Formats;

/// <summary>What services send, written from the descriptions of their interfaces (python-threatexchange's tests, commit baefb4e), with made-up hashes.</summary>
internal static class HashSharingFiles
{
    /// <summary>Two pages of `threat_updates`, one behind the other.</summary>
    public static string ThreatPages => $$"""
        {"data":[
          {"id":"101","indicator":"{{Rows.Pdq(1)}}","type":"HASH_PDQ","creation_time":1667424000,"last_updated":1667424001,"should_delete":false,
           "descriptors":{"data":[{"id":"1","owner":{"id":"77","name":"\"Somebody\""},"status":"MALICIOUS","tags":{"data":[{"id":"5","text":"media_type_photo"},{"id":"6","text":"=SUM(1)"}] },"reactions":[{"key":"HELPFUL","value":"5"}]},
                                  {"id":"2","owner":{"id":"78"},"status":"UNKNOWN","tags":["violating"]}]} },
          {"id":"102","indicator":"{{Rows.Md5(2)}}","type":"HASH_VIDEO_MD5","last_updated":1667424002,"should_delete":false,"descriptors":{"data":[{"status":"NON_MALICIOUS"}]} },
          {"id":"103","indicator":"{{Rows.Md5(3)}}","type":"HASH_MD5","last_updated":1667424003,"should_delete":true},
          {"id":"104","indicator":"http://somewhere.example/","type":"URI","last_updated":1667424004,"should_delete":false,"descriptors":{"data":[{"status":"MALICIOUS"}]} }],
         "paging":{"cursors":{"before":"a","after":"b"},"next":"https://graph.example/v21.0/1/threat_updates/?after=b"} }
        {"data":[
          {"id":"105","indicator":"{{Rows.Sha256(5)}}","type":"HASH_SHA256","last_updated":1667424005,"should_delete":false,"descriptors":{"data":[{"status":"MALICIOUS","tags":[]},{"status":"NON_MALICIOUS"}]} },
          {"id":"106","indicator":"{{Rows.Sha256(6)}}","type":"HASH_SHA256","last_updated":1667424006,"should_delete":false,"descriptors":{"data":[{"status":"SUSPICIOUS"}]} },
          {"id":"107","indicator":"{{Rows.Sha256(7)}}","type":"HASH_SHA256","last_updated":1667424007,"should_delete":false},
          {"id":"108","indicator":"not a hash","type":"HASH_MD5","last_updated":1667424008,"should_delete":false,"descriptors":{"data":[{"status":"MALICIOUS"}]} },
          {"id":"109","id":"110","indicator":"{{Rows.Md5(9)}}","type":"HASH_MD5","should_delete":false,"descriptors":{"data":[{"status":"MALICIOUS"}]} }],"paging":{} }
        """;

    public static string StopNciiPages => $$"""
        {"count":2,"nextSetTimestamp":1625175071,"nextPageToken":"W3siY29tcG9zaXRl","hasMoreRecords":true,"hashRecords":[
          {"lastModtimestamp":1625167804,"hashValue":"{{Rows.Pdq(1)}}","hashStatus":"Received","caseNumbers":{"27664732-76e1-4a17-8099-455798e67022":"Received"},"signalType":"ImagePDQ"},
          {"lastModtimestamp":1625167844,"hashValue":"{{Rows.Md5(2)}}","hashStatus":"Active","signalType":"VideoMD5","CSPFeedbacks":[{"source":"Somebody","feedbackValue":"Blocked","tags":["one","two"]}]}]}
        {"count":4,"nextSetTimestamp":1625167824,"nextPageToken":"","hasMoreRecords":false,"hashRecords":[
          {"lastModtimestamp":1625175071,"hashValue":"{{Rows.Pdq(3)}}","hashStatus":"Withdrawn","signalType":"ImagePDQ"},
          {"hashValue":"{{Rows.Pdq(4)}}","hashStatus":"Deleted","signalType":"ImagePDQ"},
          {"hashValue":"some words","hashStatus":"Active","signalType":"Text"},
          {"hashValue":"{{Rows.Pdq(5)}}","hashStatus":"Unknown","signalType":"ImagePDQ"}]}
        """;

    public static string HmaContents => $$"""
        {"id":1234,"disable_until_ts":0,"bank":{"name":"A_BANK","matching_enabled_ratio":1.0},"signals":{"pdq":"{{Rows.Pdq(1)}}","video_md5":"{{Rows.Md5(1)}}" },"note":"a \"note\""}
        [{"id":1235,"signals":{"photodna":"{{Convert.ToBase64String(Rows.PhotoDna(2))}}","vpdq":"some frames","raw_text":"words"} },{"id":1236},{"id":1237,"signals":{"pdq":17} }]
        """;

    public static string HmaTable => "signal_type,signal_str,collab,category,tags\r\n"
        + $"pdq,{Rows.Pdq(1)},One,POSITIVE_CLASS,tag_one tag_two\r\n"
        + $"video_md5,{Rows.Md5(2)},\"One, or \"\"two\"\"\",NEGATIVE_CLASS,\r\n"
        + $"pdq,{Rows.Pdq(3)},One,INVESTIGATION_SEED,\r\n"
        + "trend_query,\"{\"\"and\"\":[]}\",One,POSITIVE_CLASS,\r\n"
        + "pdq,=1+1,One,POSITIVE_CLASS,\r\n";

    public static string NcmecAnswer => $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2" environment="npo">
            <images count="2" maxTimestamp="2017-10-24T15:10:00Z">
                <image>
                    <member id="42">Example Member</member>
                    <timestamp>2017-10-24T15:00:00Z</timestamp>
                    <id>image1</id>
                    <classification>A1</classification>
                    <fingerprints>
                        <md5>{Rows.Md5(1)}</md5>
                        <sha1>{Rows.Sha1(1).ToUpperInvariant()}</sha1>
                        <pdna>{Convert.ToBase64String(Rows.PhotoDna(1))}</pdna>
                        <pdq>{Rows.Pdq(1)}</pdq>
                        <netclean>some text &amp; more</netclean>
                    </fingerprints>
                    <feedback lastUpdateTimestamp="2023-06-01T12:48:14Z">
                        <affirmativeFeedback type="Md5"><members><member id="43">Other Member</member></members></affirmativeFeedback>
                        <negativeFeedback type="Sha1"><reasons><reason guid="01234567-abcd-0123-4567-012345678900" name="Example Reason 1" type="Sha1"/></reasons></negativeFeedback>
                    </feedback>
                </image>
                <deletedImage><member id="43">Example Member2</member><id>image4</id><timestamp>2017-10-24T15:10:00Z</timestamp></deletedImage>
            </images>
            <videos count="3" maxTimestamp="2017-10-24T15:20:00Z">
                <video><member id="42">Example Member</member><id>video1</id>
                    <fingerprints><md5>{Rows.Md5(2)}</md5><tmk-pdqf rel="self" href="/v2/entries/1/fingerprints/TMK_PDQF"/></fingerprints></video>
                <deletedVideo><member id="42">Example Member</member><id>video4</id></deletedVideo>
                <video><member id="42">Example Member</member><id>video5</id><fingerprints><pdna>a1a1a1...</pdna></fingerprints></video>
                <video><member id="42">Example Member</member><fingerprints><md5>{Rows.Md5(3)}</md5></fingerprints></video>
            </videos>
            <paging><next>/v2/entries?from=2017-10-20T00%3A00%3A00.000Z&amp;start=2001&amp;size=1000&amp;max=3000</next></paging>
        </queryResult>
        """;
}
